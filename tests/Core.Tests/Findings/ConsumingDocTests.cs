using System.Text.Json;
using Changeling.Findings;
using Changeling.TestSupport;
using Changeling.TestSupport.Contract;

namespace Changeling.Core.Tests.Findings;

/// <summary>
/// The consumer's test: the paths that <c>docs/consuming.md</c> names are read from it and evaluated over golden detections.
/// </summary>
public class ConsumingDocTests
{
    private static readonly IReadOnlyList<ConsumingDoc.Field> Table = ConsumingDoc.Table("The ten most used fields of a finding");

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

        Assert.True(
            value is not null && ConsumingDoc.IsOf(field.Type, value.Value),
            $"{field.Column}: {field.Ocsf} gives {value}, no {field.Type}");
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
            Assert.Equal(
                ConsumingDoc.TextOf(field.Type, JsonPath.Find(ocsf, field.Ocsf)),
                ConsumingDoc.TextOf(field.Type, JsonPath.Find(ecs, field.Ecs)));
        });
    });

    [Fact]
    public void The_ECS_rendering_gives_the_same_values() => Assert.All(GoldenDetections.All.Values, detection =>
    {
        var ocsf = JsonDocument.Parse(GoldenDetections.Write(detection, DetectionFormat.Ocsf)).RootElement;
        var ecs = JsonDocument.Parse(GoldenDetections.Write(detection, DetectionFormat.Ecs)).RootElement;

        Assert.Equal(
            Table.Select(t => ConsumingDoc.TextOf(t.Type, JsonPath.Find(ocsf, t.Ocsf))),
            Table.Select(t => ConsumingDoc.TextOf(t.Type, JsonPath.Find(ecs, t.Ecs))));
    });

    [Fact]
    public void Sentinels_projection_is_the_tables() =>
        AssertProjection(ConsumingDoc.OfKql(SiemFiles.Read("sentinel/transform-findings.kql"), "d"));

    [Fact]
    public void Data_Explorers_mapping_is_the_tables_and_fills_every_column_of_its_table()
    {
        var mapping = ConsumingDoc.OfMapping(SiemFiles.Mapping("Detections"));

        AssertProjection(mapping.Where(c => c.Column is not ("ClassUid" or "Detection")));
        Assert.Equal(
            ConsumingDoc.OfCreateTable(SiemFiles.Command(".create-merge table Detections")),
            mapping.Select(c => (c.Column, Table.FirstOrDefault(t => t.Column == c.Column)?.Type ?? (c.Path == "$" ? "dynamic" : "long"))));
        Assert.Contains(("ClassUid", "$.class_uid"), mapping);
    }

    [Fact]
    public void Stream_Analytics_projection_is_the_tables() => AssertProjection(
        ConsumingDoc.OfSql(SiemFiles.Read("stream-analytics/findings.sql"), "d").Select(c => (c.Column, InWhole(c.Path))));

    [Fact]
    public void Splunks_fields_are_the_tables() =>
        AssertProjection(ConsumingDoc.OfSplunk(SiemFiles.Setting("savedsearches.conf", "Changeling findings", "search")));

    private static void AssertProjection(IEnumerable<(string Column, string Path)> projection) =>
        ConsumingDoc.AssertProjection(Table, projection, Detections);

    /// <summary>The query's first step names the process of the first evidence.</summary>
    private static string InWhole(string path) => path.StartsWith("process.", StringComparison.Ordinal) ? "evidences[0]." + path : path;
}
