using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.Findings;
using Changeling.TestSupport;
using Changeling.TestSupport.Contract;

namespace Changeling.Core.Tests.Findings;

/// <summary>
/// The consumer's test: the paths that <c>docs/consuming.md</c> names are read from it and evaluated over golden detections.
/// </summary>
public partial class ConsumingDocTests
{
    private static readonly string Doc = File.ReadAllText(RepositoryRoot.Combine("docs", "consuming.md"));

    /// <summary>Column, type, path in OCSF, path in ECS.</summary>
    private static readonly IReadOnlyList<(string Column, string Type, string Ocsf, string Ecs)> Table =
        [.. Row().Matches(Doc).Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value, m.Groups[4].Value))];

    private static readonly IReadOnlyList<JsonElement> Detections =
    [
        .. GoldenDetections.All.Keys.Select(name => JsonDocument.Parse(GoldenDetections.Read(name, DetectionFormat.Ocsf)).RootElement),
        JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("samples", "detection.json"))).RootElement,
    ];

    [Fact]
    public void The_table_names_ten_fields() => Assert.Equal(10, Table.Select(t => t.Column).Distinct().Count());

    [Fact]
    public void Every_field_is_there_in_a_full_detection_and_of_its_type() => Assert.All(Table, field =>
    {
        var value = JsonPath.Find(Detections[0], field.Ocsf);

        Assert.True(value is not null && IsOf(field.Type, value.Value), $"{field.Column}: {field.Ocsf} gives {value}, no {field.Type}");
    });

    [Fact]
    public void Fields_that_no_source_can_lack_are_in_every_detection() => Assert.All(Detections, detection =>
        Assert.All(
            Table.Where(t => t.Column is not ("AccountName" or "CommandLine" or "ParentName")),
            field => Assert.NotNull(JsonPath.Find(detection, field.Ocsf))));

    [Fact]
    public void Detections_about_many_launches_have_the_fields_that_belong_to_no_launch() =>
        Assert.All(GoldenDetections.Clusters.Keys, name =>
    {
        var ocsf = JsonDocument.Parse(GoldenDetections.Write(name, DetectionFormat.Ocsf)).RootElement;
        var ecs = JsonDocument.Parse(GoldenDetections.Write(name, DetectionFormat.Ecs)).RootElement;

        Assert.All(Table.Where(t => t.Column is "DetectionId" or "FindingTime" or "IsAlert" or "RuleName" or "RiskScore" or "Summary"),
            field =>
        {
            Assert.NotNull(JsonPath.Find(ocsf, field.Ocsf));
            Assert.Equal(Text(field.Type, JsonPath.Find(ocsf, field.Ocsf)), Text(field.Type, JsonPath.Find(ecs, field.Ecs)));
        });
    });

    [Fact]
    public void The_ECS_rendering_gives_the_same_values() => Assert.All(GoldenDetections.All.Values, detection =>
    {
        var ocsf = JsonDocument.Parse(GoldenDetections.Write(detection, DetectionFormat.Ocsf)).RootElement;
        var ecs = JsonDocument.Parse(GoldenDetections.Write(detection, DetectionFormat.Ecs)).RootElement;

        Assert.Equal(
            Table.Select(t => Text(t.Type, JsonPath.Find(ocsf, t.Ocsf))), Table.Select(t => Text(t.Type, JsonPath.Find(ecs, t.Ecs))));
    });

    [Fact]
    public void Sentinels_projection_is_the_tables() => AssertProjection(
        KqlColumn().Matches(Block("kusto", "source\n")).Select(m => (m.Groups[1].Value, m.Groups[2].Value)));

    [Fact]
    public void Data_Explorers_mapping_is_the_tables_and_fills_every_column_of_its_table()
    {
        var mapping = JsonDocument.Parse(Block("json", "[")).RootElement.EnumerateArray()
            .Select(
                c =>
                    (
                        Column: c.GetProperty("column").GetString()!,
                        Path: c.GetProperty("Properties").GetProperty("Path").GetString()!)).ToList();

        AssertProjection(mapping.Where(c => c.Path != "$").Select(c => (c.Column, c.Path)));
        Assert.Equal(
            AdxColumn().Matches(Block("kusto", ".create table")).Select(m => (m.Groups[1].Value, m.Groups[2].Value)),
            mapping.Select(c => (c.Column, Table.FirstOrDefault(t => t.Column == c.Column).Type ?? "dynamic")));
    }

    [Fact]
    public void Stream_Analytics_projection_is_the_tables() => AssertProjection(
        SqlColumn().Matches(Block("sql", "WITH d AS")).Select(m => (m.Groups[2].Value, InWhole(m.Groups[1].Value))));

    /// <summary>The projection has the table's columns in its order, and gives the same values on every detection.</summary>
    private static void AssertProjection(IEnumerable<(string Column, string Path)> projection)
    {
        var columns = projection.ToList();
        Assert.Equal(Table.Select(t => t.Column), columns.Select(c => c.Column));
        foreach (var detection in Detections)
        {
            Assert.Equal(
                Table.Select(t => JsonPath.Find(detection, t.Ocsf)?.GetRawText()),
                columns.Select(c => JsonPath.Find(detection, c.Path)?.GetRawText()));
        }
    }

    /// <summary>The query's first step names the process of the first evidence.</summary>
    private static string InWhole(string path) => path.StartsWith("process.", StringComparison.Ordinal) ? "evidences[0]." + path : path;

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0,
        "bool" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "long" or "datetime" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => false,
    };

    private static string? Text(string type, JsonElement? value) => (type, value?.ValueKind) switch
    {
        (_, null) => null,
        ("datetime", JsonValueKind.Number) => DateTimeOffset.FromUnixTimeMilliseconds(value!.Value.GetInt64()).ToString("O"),
        ("datetime", _) => value!.Value.GetDateTimeOffset().ToString("O"),
        _ => value!.Value.GetRawText(),
    };

    /// <summary>The one fenced block of a language that starts so.</summary>
    private static string Block(string language, string start) =>
        Assert.Single(
            Fence().Matches(Doc),
            m => m.Groups[1].Value == language && m.Groups[2].Value.StartsWith(start, StringComparison.Ordinal)).Groups[2].Value;

    [GeneratedRegex(@"^\| `(\w+)` \| (\w+) \| `([^`]+)` \| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^    (\w+) = .*?\bto\w+\(d\.([\w.\[\]]+)\)", RegexOptions.Multiline)]
    private static partial Regex KqlColumn();

    [GeneratedRegex(@"(\w+): (\w+)")]
    private static partial Regex AdxColumn();

    [GeneratedRegex(@"^    .*?\bd\.([\w.]+).* AS (\w+)", RegexOptions.Multiline)]
    private static partial Regex SqlColumn();
}
