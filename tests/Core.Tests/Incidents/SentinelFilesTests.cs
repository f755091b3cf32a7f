using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.Core.Tests.Findings;

namespace Changeling.Core.Tests.Incidents;

/// <summary>The files for Microsoft Sentinel against each other: what a query makes, the rule maps and the workbook shows.</summary>
public partial class SentinelFilesTests
{
    private static readonly string[] Arrived = ["Arrived", "FirstArrived"];

    private static readonly string[] TransformationOperators = ["extend", "project", "where"];

    /// <summary>Of the functions that transformations support, those that ours need.</summary>
    private static readonly string[] TransformationFunctions = ["parse_json", "tobool", "toint", "tolong", "tostring"];

    /// <summary>In KQL a column that does not exist is an error when the rule is saved.</summary>
    [Theory]
    [InlineData("incident", "incidents")]
    [InlineData("finding", "findings")]
    public void A_rule_maps_only_columns_that_its_query_has(string rule, string table)
    {
        var settings = SiemFiles.Read($"sentinel/{rule}-rule.json");
        var columns = Columns(table).Concat(Made().Matches(SiemFiles.Read($"sentinel/{rule}-alerts.kql")).Select(m => m.Groups[1].Value));
        var mapped = Mapped().Matches(settings).Select(m => m.Groups[1].Value)
            .Concat(Formatted().Matches(settings).Select(m => m.Groups[1].Value))
            .Concat(Parse(settings).GetProperty("customDetails").EnumerateObject().Select(d => d.Value.GetString()!))
            .ToHashSet();

        Assert.Contains("AlertSeverity", mapped);
        Assert.Subset(columns.ToHashSet(), mapped);
    }

    [Fact]
    public void An_incident_is_one_alert_with_three_hosts_three_accounts_and_a_process()
    {
        var rule = Parse(SiemFiles.Read("sentinel/incident-rule.json"));
        var entities = rule.GetProperty("entityMappings").EnumerateArray().Select(e => e.GetProperty("entityType").GetString());
        var grouping = rule.GetProperty("incidentConfiguration").GetProperty("groupingConfiguration");

        Assert.Equal(["Host", "Host", "Host", "Account", "Account", "Account", "Process"], entities);
        Assert.Equal("AlertPerResult", rule.GetProperty("eventGroupingSettings").GetProperty("aggregationKind").GetString());
        Assert.Equal(["IncidentId"], grouping.GetProperty("groupByCustomDetails").EnumerateArray().Select(d => d.GetString()));
    }

    /// <summary>A rule that looks back further than its interval meets every row many times.</summary>
    [Theory]
    [InlineData("incident")]
    [InlineData("finding")]
    public void A_rule_alerts_only_on_what_arrived_since_its_last_run(string rule)
    {
        var settings = Parse(SiemFiles.Read($"sentinel/{rule}-rule.json"));
        var query = SiemFiles.Read($"sentinel/{rule}-alerts.kql");

        Assert.Equal("PT5M", settings.GetProperty("queryFrequency").GetString());
        Assert.Equal("P1D", settings.GetProperty("queryPeriod").GetString());
        Assert.Single(Arrived, column => query.Contains($"| where {column} > ago(5m)\n", StringComparison.Ordinal));
        Assert.Contains("Arrived = ingestion_time()", query, StringComparison.Ordinal);
        Assert.Contains("| where IsAlert\n", query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("findings")]
    [InlineData("incidents")]
    public void A_transformation_takes_one_row_and_uses_only_what_transformations_support(string what)
    {
        var query = SiemFiles.Read($"sentinel/transform-{what}.kql");

        Assert.Subset(TransformationOperators.ToHashSet(), Operator().Matches(query).Select(m => m.Groups[1].Value).ToHashSet());
        Assert.Subset(
            TransformationFunctions.Append("datetime").ToHashSet(), Function().Matches(query).Select(m => m.Groups[1].Value).ToHashSet());
        Assert.StartsWith("source\n", query, StringComparison.Ordinal);
    }

    [Fact]
    public void The_workbook_shows_the_tree_by_the_same_query()
    {
        var tree = Queries().Single(q => q.Contains("mv-expand", StringComparison.Ordinal));

        Assert.Equal(SiemFiles.Read("sentinel/incident-tree.kql").TrimEnd().Replace("\"the id\"", "\"{IncidentId}\""), tree);
    }

    [Fact]
    public void The_workbook_reads_only_columns_that_the_tables_have()
    {
        var queries = Queries();

        Assert.InRange(queries.Count, 5, 20);
        Assert.All(queries, query =>
        {
            var isIncidents = query.StartsWith("ChangelingIncidents_CL\n", StringComparison.Ordinal);
            Assert.True(isIncidents || query.StartsWith("ChangelingDetections_CL\n", StringComparison.Ordinal), query);
            var known = Columns(isIncidents ? "incidents" : "findings")
                .Concat(Made().Matches(query).Concat(ItemIndex().Matches(query)).Select(m => m.Groups[1].Value));
            var read = Name().Matches(Text().Replace(query, "")).Select(m => m.Value)
                .Where(name => !name.EndsWith("_CL", StringComparison.Ordinal));
            Assert.Subset(known.ToHashSet(), read.ToHashSet());
        });
    }

    [Fact]
    public void Every_file_is_named_on_the_page_and_every_JSON_file_is_JSON() => Assert.All(SiemFiles.All, file =>
    {
        if (file.EndsWith(".json", StringComparison.Ordinal)) Parse(SiemFiles.Read(file));
        if (file != "sentinel/workbook.json") Assert.Contains($"(../infra/siem/{file})", ConsumingDoc.All, StringComparison.Ordinal);
    });

    private static IEnumerable<string> Columns(string table) =>
        Column().Matches(SiemFiles.Read($"sentinel/transform-{table}.kql")).Select(m => m.Groups[1].Value).Append("TimeGenerated");

    private static List<string> Queries() =>
    [
        .. Parse(SiemFiles.Read("sentinel/workbook.json")).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("content"))
            .Where(content => content.TryGetProperty("query", out _))
            .Select(content => content.GetProperty("query").GetString()!),
    ];

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    [GeneratedRegex(@"\b(\w+) = (?!=)")]
    private static partial Regex Made();

    [GeneratedRegex(@"\bwith_itemindex = (\w+)")]
    private static partial Regex ItemIndex();

    [GeneratedRegex(@"(?:""columnName""|ColumnName""): ""(\w+)""")]
    private static partial Regex Mapped();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Formatted();

    [GeneratedRegex(@"^    (\w+) = ", RegexOptions.Multiline)]
    private static partial Regex Column();

    [GeneratedRegex(@"^\| (\w+)", RegexOptions.Multiline)]
    private static partial Regex Operator();

    [GeneratedRegex(@"(\w+)\(")]
    private static partial Regex Function();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Text();

    /// <summary>Columns begin with a capital letter, words of the language do not.</summary>
    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Name();
}
