using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Changeling.Hosting.Observing;
using Changeling.TestSupport;
using Microsoft.Extensions.Hosting;

namespace Changeling.Hosting.Tests.Observing;

/// <summary>The runbook against the app and the templates: every metric, every alert, every health field.</summary>
public partial class OperationsDocTests
{
    private static readonly string Doc = File.ReadAllText(RepositoryRoot.Combine("docs", "operations.md"));

    private static readonly string Alerts = File.ReadAllText(RepositoryRoot.Combine("infra", "app", "alerts.bicep"));

    [Fact]
    public void Every_metric_has_a_row_with_its_unit_and_every_row_a_metric()
    {
        var rows = MetricRow().Matches(Doc).ToDictionary(row => row.Groups["name"].Value, row => row.Groups["unit"].Value);

        var instruments = Instruments();

        Assert.Contains("changeling.lag", instruments.Keys);
        Assert.Equal(instruments.Keys.Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(
            instruments,
            instrument => Assert.Equal(instrument.Value, rows.GetValueOrDefault(instrument.Key, $"no row for {instrument.Key}")));
    }

    [Fact]
    public void Every_alert_has_a_runbook_and_asks_for_metrics_that_there_are()
    {
        var names = AlertName().Matches(Alerts).Select(m => m.Groups[1].Value).Append("storage-throttling").ToList();
        var asked = AskedMetric().Matches(Alerts).Select(m => m.Groups[1].Value).ToList();

        var instruments = Instruments();

        Assert.Contains("growing-lag", names);
        Assert.All(names, name => Assert.Contains($"\n### {name}\n", Doc, StringComparison.Ordinal));
        Assert.NotEmpty(asked);
        Assert.All(asked, name => Assert.Contains(name, instruments.Keys));
    }

    [Fact]
    public void Every_field_of_the_health_blob_is_explained()
    {
        var fields = HealthJsonContext.Default.HealthReport.Properties.Concat(
            HealthJsonContext.Default.PartitionHealth.Properties).Select(p => p.Name);

        Assert.All(fields, field => Assert.Contains($"`{field}`", Doc, StringComparison.Ordinal));
    }

    /// <summary>What the composed app publishes on its meter.</summary>
    private static Dictionary<string, string> Instruments()
    {
        var published = new Dictionary<string, string>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == "Changeling") published[instrument.Name] = instrument.Unit ?? "";
        };
        using var app = ComposedApp.With([]);
        _ = (app.Get<PipelineMetrics>(), app.Get<AppGauges>(), app.All<IHostedService>().ToList());
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
