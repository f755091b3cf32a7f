using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.Core.Tests.Findings;
using Changeling.Findings;
using Changeling.TestSupport;
using Changeling.TestSupport.Contract;

namespace Changeling.Core.Tests.Incidents;

/// <summary>The consumer's test of incidents: what <c>docs/consuming.md</c> says, evaluated over golden incidents.</summary>
public partial class IncidentDocTests
{
    private static readonly IReadOnlyList<ConsumingDoc.Field> Table = ConsumingDoc.Table("The most used fields of an incident");

    private static readonly string SentinelRule = ConsumingDoc.Block("kusto", "ChangelingIncidents_CL\n", "FirstArrived");

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
        Table, ConsumingDoc.OfKql(ConsumingDoc.Block("kusto", "source\n", "toint(i.class_uid) == 2005\n"), "i"), Messages);

    [Fact]
    public void Data_Explorers_mapping_is_the_tables_and_fills_every_column_of_its_table()
    {
        var mapping = ConsumingDoc.OfMapping(ConsumingDoc.Block("json", "$.metadata.correlation_uid"));

        ConsumingDoc.AssertProjection(Table, mapping.Where(c => c.Column is not ("ClassUid" or "Incident")), Messages);
        Assert.Equal(
            ConsumingDoc.OfCreateTable(ConsumingDoc.Block("kusto", ".create table Incidents")),
            mapping.Select(c => (c.Column, Table.FirstOrDefault(t => t.Column == c.Column)?.Type ?? (c.Path == "$" ? "dynamic" : "long"))));
        Assert.Contains(("ClassUid", "$.class_uid"), mapping);
    }

    [Fact]
    public void Stream_Analytics_projection_is_the_tables() => ConsumingDoc.AssertProjection(
        Table, ConsumingDoc.OfSql(ConsumingDoc.Block("sql", "INTO incidents", "i.class_uid = 2005"), "i"), Messages);

    [Fact]
    public void Splunks_fields_are_the_tables() => ConsumingDoc.AssertProjection(
        Table, ConsumingDoc.OfSplunk(ConsumingDoc.Block("spl", "ClassUid=2005\n", "sort 0 - Revision | dedup IncidentId")), Messages);

    /// <summary>In KQL a column that does not exist is an error when the rule is saved.</summary>
    [Fact]
    public void Sentinels_rule_maps_only_columns_that_its_query_has()
    {
        var settings = ConsumingDoc.Block("yaml", "entityMappings");
        var columns = Table.Select(t => t.Column).Concat(Made().Matches(SentinelRule).Select(m => m.Groups[1].Value)).ToHashSet();
        var mapped = Mapped().Matches(settings).Select(m => m.Groups[1].Value)
            .Concat(Formatted().Matches(settings).Select(m => m.Groups[1].Value)).ToList();

        Assert.Subset(columns, mapped.ToHashSet());
        Assert.Equal(
            ["Account1", "Account2", "Account3", "CommandLine", "Domain1", "Domain2", "Domain3", "Host1", "Host2", "Host3"],
            mapped.Where(m => m != "AlertSeverity").Where(m => !Table.Any(t => t.Column == m)).Order(StringComparer.Ordinal));
        Assert.Contains("groupByCustomDetails: [IncidentId]", settings, StringComparison.Ordinal);
        Assert.InRange(EntityType().Count(settings), 1, 10);
    }

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
            [SentinelRule, ConsumingDoc.Block("kusto", "with_itemindex"), ConsumingDoc.Block("kusto", "DeviceProcessEvents")];

        Assert.All(queries, query =>
        {
            var read = OfProcess().Matches(query).Select(m => m.Groups[1].Value).ToHashSet();
            Assert.NotEmpty(read);
            Assert.Subset(fields, read);
        });
    }

    [Theory]
    [InlineData("arg_max(Revision, *), FirstArrived = min(Arrived) by IncidentId")]
    [InlineData("Incidents | where ClassUid == 2005 | summarize arg_max(Revision, *) by IncidentId")]
    [InlineData("arg_max(Revision, Processes) by IncidentId")]
    public void Queries_take_the_newest_revision(string part) => Assert.NotEmpty(ConsumingDoc.Block("kusto", part));

    [Fact]
    public void Logstash_gives_an_incident_its_id_and_its_revision_as_version_and_a_finding_its_id()
    {
        var fields = LogstashField().Matches(ConsumingDoc.Block("ruby", "version_type => \"external_gte\""))
            .Select(m => m.Groups[1].Value.Replace("][", ".", StringComparison.Ordinal)).ToList();
        var incident = Parse(GoldenIncidents.Read("two-hosts", DetectionFormat.Ecs));
        var finding = Parse(GoldenDetections.Read("story", DetectionFormat.Ecs));

        Assert.Equal(["changeling.incident.incident", "event.sequence", "event.id"], fields);
        Assert.Equal(GoldenIncidents.All["two-hosts"].Incident.Id, JsonPath.Find(incident, fields[0])!.Value.GetGuid());
        Assert.Equal(2, JsonPath.Find(incident, fields[1])!.Value.GetInt32());
        Assert.Null(JsonPath.Find(finding, "changeling.incident"));
        Assert.Equal("3310fec3-579a-577b-a9c4-9e8f6003029e", JsonPath.Find(finding, fields[2])!.Value.GetString());
    }

    [Fact]
    public void Splunk_finds_the_time_of_a_message_first()
    {
        const string prefix = "\"time\":";
        Assert.Contains($"TIME_PREFIX = {prefix}\n", ConsumingDoc.Block("ini", "[changeling]"), StringComparison.Ordinal);
        var findings = GoldenDetections.Names.Select(name => Parse(GoldenDetections.Read(name, DetectionFormat.Ocsf)));

        Assert.All(Messages.Concat(findings), message => Assert.StartsWith(
            $"{prefix}{message.GetProperty("time").GetInt64()},",
            message.GetRawText()[message.GetRawText().IndexOf(prefix, StringComparison.Ordinal)..],
            StringComparison.Ordinal));
    }

    private static string PathOf(string column) => Table.Single(t => t.Column == column).Ocsf;

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    [GeneratedRegex(@"\b(\w+) = (?!=)")]
    private static partial Regex Made();

    [GeneratedRegex(@"(?:columnName|ColumnName|IncidentId|RiskScore): (\w+)")]
    private static partial Regex Mapped();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Formatted();

    [GeneratedRegex("entityType:")]
    private static partial Regex EntityType();

    [GeneratedRegex(@"(\w+) = (?:split\()?tostring\((\w+)\[(\d)\]\)")]
    private static partial Regex Index();

    [GeneratedRegex(@"\bp\.(\w+)")]
    private static partial Regex OfProcess();

    [GeneratedRegex(@"%\{\[([\w\]\[]+)\]\}")]
    private static partial Regex LogstashField();
}
