using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.Core.Tests.Findings;
using Changeling.Findings;
using Changeling.Storing;
using Changeling.TestSupport;
using Changeling.TestSupport.Contract;

namespace Changeling.Core.Tests.Incidents;

/// <summary>The consumer's test of incidents: what <c>docs/consuming.md</c> says, evaluated over golden incidents.</summary>
public partial class IncidentDocTests
{
    private static readonly IReadOnlyList<ConsumingDoc.Field> Table = ConsumingDoc.Table("The most used fields of an incident");

    private static readonly string SentinelRule = SiemFiles.Read("sentinel/incident-alerts.kql");

    private static readonly IReadOnlyList<JsonElement> Messages =
    [
        .. GoldenIncidents.All.Keys.Select(name => Parse(GoldenIncidents.Read(name, DetectionFormat.Ocsf))),
        Parse(File.ReadAllText(RepositoryRoot.Combine("samples", "incident.json"))),
    ];

    [Fact]
    public void Every_field_is_of_its_type_in_a_full_incident() => Assert.All(Table, field =>
    {
        var value = JsonPath.Find(Messages[0], field.Ocsf);

        Assert.True(
            value is not null && ConsumingDoc.IsOf(field.Type, value.Value),
            $"{field.Column}: {field.Ocsf} gives {value}, no {field.Type}");
    });

    [Fact]
    public void Every_field_is_there_in_every_incident() => Assert.All(Messages, message =>
        Assert.All(Table, field => Assert.NotNull(JsonPath.Find(message, field.Ocsf))));

    [Fact]
    public void The_ECS_rendering_gives_the_same_values() => Assert.All(GoldenIncidents.InEcs, name =>
    {
        var ocsf = Parse(GoldenIncidents.Read(name, DetectionFormat.Ocsf));
        var ecs = Parse(GoldenIncidents.Read(name, DetectionFormat.Ecs));

        // The formats differ in length, so that of a message that is too large they may keep differently much.
        if (JsonPath.Find(ocsf, "metadata.is_truncated") is not null) return;
        Assert.Equal(
            Table.Select(t => ConsumingDoc.TextOf(t.Type, JsonPath.Find(ocsf, t.Ocsf))),
            Table.Select(t => ConsumingDoc.TextOf(t.Type, JsonPath.Find(ecs, t.Ecs))));
    });

    [Fact]
    public void Sentinels_projection_is_the_tables() => ConsumingDoc.AssertProjection(
        Table, ConsumingDoc.OfKql(SiemFiles.Read("sentinel/transform-incidents.kql"), "i"), Messages);

    [Fact]
    public void Data_Explorers_mapping_is_the_tables_and_fills_every_column_of_its_table()
    {
        var mapping = ConsumingDoc.OfMapping(SiemFiles.Mapping("Incidents"));

        ConsumingDoc.AssertProjection(Table, mapping.Where(c => c.Column is not ("ClassUid" or "Incident")), Messages);
        Assert.Equal(
            ConsumingDoc.OfCreateTable(SiemFiles.Command(".create-merge table Incidents")),
            mapping.Select(c => (c.Column, Table.FirstOrDefault(t => t.Column == c.Column)?.Type ?? (c.Path == "$" ? "dynamic" : "long"))));
        Assert.Contains(("ClassUid", "$.class_uid"), mapping);
    }

    [Fact]
    public void Stream_Analytics_projection_is_the_tables() => ConsumingDoc.AssertProjection(
        Table, ConsumingDoc.OfSql(SiemFiles.Read("stream-analytics/incidents.sql"), "i"), Messages);

    [Fact]
    public void Splunks_fields_are_the_tables() => ConsumingDoc.AssertProjection(
        Table, ConsumingDoc.OfSplunk(SiemFiles.Setting("savedsearches.conf", "Changeling incidents", "search")), Messages);

    [Fact]
    public void Sentinels_entities_are_the_hosts_and_accounts_of_the_incident()
    {
        var hosts = Index().Matches(SentinelRule).Where(m => m.Groups[2].Value == "Hosts").Select(m => m.Groups[3].Value);
        var users = Index().Matches(SentinelRule).Where(m => m.Groups[2].Value == "Users").Select(m => m.Groups[3].Value);

        Assert.Equal(["0", "1", "2"], hosts);
        Assert.Equal(["0", "1", "2"], users);
        var user = JsonPath.Find(Messages[0], $"{PathOf("Users")}[0]")!.Value.GetString()!.Split('\\');
        Assert.Equal(["CORP", "alice.meyer"], user);
        Assert.Contains("split(tostring(Users[0]), \"\\\\\")", SentinelRule, StringComparison.Ordinal);
        Assert.Equal("srv-files-02.corp.example", JsonPath.Find(Messages[0], $"{PathOf("Hosts")}[1]")!.Value.GetString());
    }

    /// <summary>All queries on the tree, in Sentinel and in Defender.</summary>
    [Fact]
    public void Every_field_of_a_process_that_a_query_reads_is_one_of_the_tree()
    {
        var fields = JsonPath.Find(Messages[0], PathOf("Processes"))!.Value.EnumerateArray()
            .SelectMany(p => p.EnumerateObject().Select(f => f.Name)).ToHashSet();
        string[] queries =
            [SentinelRule, SiemFiles.Read("sentinel/incident-tree.kql"), SiemFiles.Read("defender/steps-in-telemetry.kql")];

        Assert.All(queries, query =>
        {
            var read = OfProcess().Matches(query).Select(m => m.Groups[1].Value).ToHashSet();
            Assert.NotEmpty(read);
            Assert.Subset(fields, read);
        });
    }

    [Theory]
    [InlineData("sentinel/incident-alerts.kql", "arg_max(Revision, *), FirstArrived = min(Arrived) by IncidentId")]
    [InlineData("sentinel/incident-tree.kql", "arg_max(Revision, Processes) by IncidentId")]
    [InlineData("defender/steps-in-telemetry.kql", "arg_max(Revision, *) by IncidentId")]
    [InlineData("data-explorer/tables.kql", "Incidents | where ClassUid == 2005 | summarize arg_max(Revision, *) by IncidentId")]
    [InlineData("splunk/savedsearches.conf", "sort 0 - Revision | dedup IncidentId")]
    public void Queries_take_the_newest_revision(string file, string part) =>
        Assert.Contains(part, SiemFiles.Read(file), StringComparison.Ordinal);

    [Fact]
    public void Elastics_pipeline_gives_an_incident_its_id_and_its_revision_as_version_and_a_finding_its_id()
    {
        var steps = Parse(SiemFiles.Read("elastic/ingest-pipeline.json")).GetProperty("processors").EnumerateArray()
            .Select(step => step.EnumerateObject().Single())
            .Where(step => step.Name == "set" && step.Value.TryGetProperty("copy_from", out _))
            .ToLookup(
                step => step.Value.GetProperty("if").GetString()! == "ctx.changeling?.incident != null",
                step => (step.Value.GetProperty("field").GetString(), step.Value.GetProperty("copy_from").GetString()!));
        var incident = Parse(GoldenIncidents.Read("two-hosts", DetectionFormat.Ecs));
        var finding = Parse(GoldenDetections.Read("story", DetectionFormat.Ecs));

        Assert.Equal([("_id", "changeling.incident.incident"), ("_version", "event.sequence")], steps[true]);
        Assert.Equal([("_id", "event.id")], steps[false]);
        Assert.Equal(
            GoldenIncidents.All["two-hosts"].Incident.Id, JsonPath.Find(incident, "changeling.incident.incident")!.Value.GetGuid());
        Assert.Equal(2, JsonPath.Find(incident, "event.sequence")!.Value.GetInt32());
        Assert.Null(JsonPath.Find(finding, "changeling.incident"));
        Assert.Equal("3310fec3-579a-577b-a9c4-9e8f6003029e", JsonPath.Find(finding, "event.id")!.Value.GetString());
    }

    /// <summary>The app writes no space after a colon, the add-on that reads the hub writes one.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Splunk_finds_the_time_of_a_message_first(string space)
    {
        var prefix = new Regex(SiemFiles.Setting("props.conf", "changeling", "TIME_PREFIX"));
        var findings = GoldenDetections.Names.Select(name => Parse(GoldenDetections.Read(name, DetectionFormat.Ocsf)));

        Assert.All(Messages.Concat(findings), message =>
        {
            var text = message.GetRawText().Replace("\":", "\":" + space, StringComparison.Ordinal);
            var found = prefix.Match(text);
            Assert.StartsWith($"{message.GetProperty("time").GetInt64()},", text[(found.Index + found.Length)..], StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Splunk_cuts_no_message_short()
    {
        var longest = int.Parse(SiemFiles.Setting("props.conf", "changeling", "TRUNCATE"), CultureInfo.InvariantCulture);

        Assert.InRange(longest, 2 * StoredDetection.MaxBytes, int.MaxValue);
    }

    private static string PathOf(string column) => Table.Single(t => t.Column == column).Ocsf;

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    [GeneratedRegex(@"(\w+) = (?:split\()?tostring\((\w+)\[(\d)\]\)")]
    private static partial Regex Index();

    [GeneratedRegex(@"\bp(?:\.|\["")(\w+)")]
    private static partial Regex OfProcess();
}
