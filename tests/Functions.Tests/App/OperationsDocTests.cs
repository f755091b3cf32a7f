using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Changeling.Functions.Observing;
using Changeling.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Changeling.Functions.Tests.App;

/// <summary>The runbook against the app and the templates: every metric, every alert, every health field.</summary>
public partial class OperationsDocTests
{
    private static readonly string Doc = File.ReadAllText(RepositoryRoot.Combine("docs", "operations.md"));

    private static readonly string Alerts = File.ReadAllText(RepositoryRoot.Combine("infra", "app", "alerts.bicep"));

    [Fact]
    public async Task Every_metric_has_a_row_with_its_unit()
    {
        var rows = MetricRow().Matches(Doc).ToDictionary(row => row.Groups["name"].Value, row => row.Groups["unit"].Value);

        var instruments = await InstrumentsAsync();

        Assert.Contains("changeling.lag", instruments.Keys);
        Assert.All(instruments, instrument => Assert.Equal(instrument.Value, rows.GetValueOrDefault(instrument.Key, $"no row for {instrument.Key}")));
    }

    [Fact]
    public async Task Every_alert_has_a_runbook_and_asks_for_metrics_that_there_are()
    {
        var names = AlertName().Matches(Alerts).Select(m => m.Groups[1].Value).Append("storage-throttling").ToList();
        var asked = AskedMetric().Matches(Alerts).Select(m => m.Groups[1].Value).ToList();

        var instruments = await InstrumentsAsync();

        Assert.Contains("growing-lag", names);
        Assert.All(names, name => Assert.Contains($"\n### {name}\n", Doc, StringComparison.Ordinal));
        Assert.NotEmpty(asked);
        Assert.All(asked, name => Assert.Contains(name, instruments.Keys));
    }

    [Fact]
    public void Every_field_of_the_health_blob_is_explained()
    {
        var fields = HealthJsonContext.Default.HealthReport.Properties.Concat(HealthJsonContext.Default.PartitionHealth.Properties).Select(p => p.Name);

        Assert.All(fields, field => Assert.Contains($"`{field}`", Doc, StringComparison.Ordinal));
    }

    /// <summary>What the composed app publishes on its meter.</summary>
    private static async Task<Dictionary<string, string>> InstrumentsAsync()
    {
        var published = new Dictionary<string, string>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == "Changeling") published[instrument.Name] = instrument.Unit ?? "";
        };
        await using var app = Program.Build(["--FUNCTIONS_CUSTOMHANDLER_PORT=0", "--Storage:ConnectionString=UseDevelopmentStorage=true"]);
        _ = app.Services.GetRequiredService<PipelineMetrics>();
        _ = app.Services.GetRequiredService<AppGauges>();
        listener.Start();
        return published;
    }

    [GeneratedRegex(@"^\| `(?<name>changeling\.[a-z_.]+)` \| `(?<unit>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex MetricRow();

    [GeneratedRegex(@"^    name: '([a-z-]+)'$", RegexOptions.Multiline)]
    private static partial Regex AlertName();

    [GeneratedRegex(@"""(changeling\.[a-z_.]+)""")]
    private static partial Regex AskedMetric();
}
