using System.Globalization;
using System.Text;
using System.Text.Json;
using Changeling.Findings;
using Changeling.TestSupport;
using Changeling.TestSupport.Contract;

namespace Changeling.Core.Tests.Findings;

/// <summary>The contract on golden detections: their bytes, our JSON Schema, and the standard's own rules.</summary>
public class GoldenDetectionTests
{
    private static readonly string Sample = File.ReadAllText(RepositoryRoot.Combine("samples", "detection.json"));

    public static TheoryData<string, DetectionFormat> Files()
    {
        var files = new TheoryData<string, DetectionFormat>();
        foreach (var name in GoldenDetections.Names) files.Add(name, DetectionFormat.Ocsf);
        string[] launches = ["story", "nothing-but-names", "no-parent-no-identity", "every-sign", "one-rule-suppressed"];
        foreach (var name in GoldenDetections.Clusters.Keys.Concat(launches)) files.Add(name, DetectionFormat.Ecs);
        return files;
    }

    public static TheoryData<string> Names() => [.. GoldenDetections.Names];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_golden_detection_has_the_same_bytes_as_ever(string name, DetectionFormat format)
    {
        var bytes = GoldenDetections.Write(name, format);

        if (Environment.GetEnvironmentVariable("CHANGELING_REWRITE_GOLDEN") == "1") GoldenDetections.Rewrite(name, format, bytes);
        Assert.Equal(GoldenDetections.Read(name, format), Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void The_language_of_the_machine_changes_no_byte()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Elsewhere();

            Assert.Equal("~1.234,50", (-1234.5).ToString("N2", CultureInfo.CurrentCulture));
            Assert.All(Files(), file => Assert.Equal(
                GoldenDetections.Read(file.Data.Item1, file.Data.Item2),
                Encoding.UTF8.GetString(GoldenDetections.Write(file.Data.Item1, file.Data.Item2))));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task The_published_schema_takes_the_sample_and_every_golden_detection() =>
        Assert.Empty(await DetectionSchema.FaultsAsync(
            GoldenDetections.Names.Select(
                name => Encoding.UTF8.GetString(GoldenDetections.Write(name, DetectionFormat.Ocsf))).Append(Sample),
            TestContext.Current.CancellationToken));

    [Fact]
    public void The_sample_keeps_to_the_facts_of_OCSF() =>
        Assert.Empty(OcsfFacts.Version180.Faults(JsonDocument.Parse(Sample).RootElement));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_golden_detection_keeps_to_the_facts_of_OCSF(string name) =>
        Assert.Empty(OcsfFacts.Version180.Faults(JsonDocument.Parse(GoldenDetections.Read(name, DetectionFormat.Ocsf)).RootElement));

    [Fact]
    public void A_process_without_any_id_of_its_own_gets_one_from_the_launch()
    {
        var process = Process("nothing-but-names");

        Assert.Equal("launch:telemetry|3|88120417|0", process.GetProperty("uid").GetString());
        Assert.Equal("parent-of-launch:telemetry|3|88120417|0", process.GetProperty("parent_process").GetProperty("uid").GetString());
    }

    [Fact]
    public void A_user_that_has_only_a_domain_is_no_user_to_OCSF() =>
        Assert.False(Process("user-without-name").TryGetProperty("user", out _));

    /// <summary>
    /// A culture that writes everything otherwise; made by hand, so that it is the same on machines without culture data.
    /// </summary>
    private static CultureInfo Elsewhere()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "~";
        culture.DateTimeFormat.TimeSeparator = ".";
        culture.DateTimeFormat.DateSeparator = "~";
        return culture;
    }

    private static JsonElement Process(string name) =>
        JsonDocument.Parse(
            GoldenDetections.Read(name, DetectionFormat.Ocsf)).RootElement.GetProperty("evidences")[0].GetProperty("process");
}
