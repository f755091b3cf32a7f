using System.Globalization;
using System.Text;
using System.Text.Json;
using Changeling.Findings;
using Changeling.TestSupport;
using Changeling.TestSupport.Contract;

namespace Changeling.Core.Tests.Incidents;

/// <summary>The contract on golden incidents: their bytes, our JSON Schema, and the standard's own rules.</summary>
public class GoldenIncidentTests
{
    private static readonly string Sample = File.ReadAllText(RepositoryRoot.Combine("samples", "incident.json"));

    public static TheoryData<string, DetectionFormat> Files()
    {
        var files = new TheoryData<string, DetectionFormat>();
        foreach (var name in GoldenIncidents.All.Keys) files.Add(name, DetectionFormat.Ocsf);
        foreach (var name in GoldenIncidents.InEcs) files.Add(name, DetectionFormat.Ecs);
        return files;
    }

    public static TheoryData<string> Names() => [.. GoldenIncidents.All.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_golden_incident_has_the_same_bytes_as_ever(string name, DetectionFormat format)
    {
        var bytes = GoldenIncidents.Write(name, format);

        if (Environment.GetEnvironmentVariable("CHANGELING_REWRITE_GOLDEN") == "1") GoldenIncidents.Rewrite(name, format, bytes);
        Assert.Equal(GoldenIncidents.Read(name, format), Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void The_language_of_the_machine_changes_no_byte()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var elsewhere = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            elsewhere.NumberFormat.NumberDecimalSeparator = ",";
            elsewhere.NumberFormat.NumberGroupSeparator = ".";
            elsewhere.NumberFormat.NegativeSign = "~";
            elsewhere.DateTimeFormat.TimeSeparator = ".";
            CultureInfo.CurrentCulture = elsewhere;

            Assert.Equal("~1.234,50", (-1234.5).ToString("N2", CultureInfo.CurrentCulture));
            Assert.All(Files(), file => Assert.Equal(
                GoldenIncidents.Read(file.Data.Item1, file.Data.Item2),
                Encoding.UTF8.GetString(GoldenIncidents.Write(file.Data.Item1, file.Data.Item2))));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task The_published_schema_takes_the_sample_and_every_golden_incident() =>
        Assert.Empty(await DetectionSchema.IncidentFaultsAsync(
            [Sample, .. GoldenIncidents.All.Keys.Select(name => GoldenIncidents.Read(name, DetectionFormat.Ocsf))],
            TestContext.Current.CancellationToken));

    [Fact]
    public void The_sample_keeps_to_the_facts_of_OCSF() =>
        Assert.Empty(OcsfFacts.Version180.Faults(JsonDocument.Parse(Sample).RootElement));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_golden_incident_keeps_to_the_facts_of_OCSF(string name) =>
        Assert.Empty(OcsfFacts.Version180.Faults(JsonDocument.Parse(GoldenIncidents.Read(name, DetectionFormat.Ocsf)).RootElement));
}
