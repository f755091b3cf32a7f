using System.Text.Json;
using Changeling.Backtest.Reports;
using Changeling.Findings;
using Changeling.Simulation;

namespace Changeling.Backtest.Tests;

/// <summary>A report takes detections as objects; the consumer of the same detection reads JSON. Both see the same.</summary>
public sealed class DetectionReportsTests
{
    [Fact]
    public async Task An_alert_of_the_report_says_what_the_detection_that_is_sent_says()
    {
        using var history = new SimulatedHistory(
            new SimulationOptions { Hosts = 6, Hours = 20, Attacks = 12, Format = SimulationOptions.MixedFormats });
        BacktestReport report;
        await using (var output = File.Create(history.Folder["detections.jsonl"]))
        {
            var options = history.Options(learningHours: 6, alerts: AlertKind.Findings);
            report = await new BacktestRun(options, SimulatedHistory.Snapshot(), history.Truth, output)
                .RunAsync(new HeardProgress(), TestContext.Current.CancellationToken);
        }

        var sent = File.ReadLines(history.Folder["detections.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(d => d.GetProperty("is_alert").GetBoolean()).DistinctBy(Uid).ToDictionary(Uid);
        Assert.Contains(report.Detections, d => d.Cluster is null);
        Assert.Contains(report.Detections, d => d.Cluster is not null);
        Assert.Contains(report.Detections, d => d.Rules.Count > 1);
        Assert.Equal(sent.Keys.Order(StringComparer.Ordinal), report.Detections.Select(d => d.Uid).Order(StringComparer.Ordinal));
        Assert.All(report.Detections, d => AssertSame(sent[d.Uid], d));
    }

    private static string Uid(JsonElement detection) => detection.GetProperty("metadata").GetProperty("uid").GetString()!;

    private static void AssertSame(JsonElement sent, DetectionReport said)
    {
        var data = sent.GetProperty("evidences")[0].GetProperty("data");
        Assert.Equal(sent.GetProperty("finding_info").GetProperty("analytic").GetProperty("uid").GetString(), said.Rules[0]);
        if (data.TryGetProperty("rules", out var rules))
            Assert.Equal(rules.EnumerateArray().Select(rule => rule.GetProperty("id").GetString()), said.Rules);
        Assert.Equal(sent.GetProperty(said.Cluster is null ? "start_time" : "end_time").GetInt64(), said.Time.ToUnixTimeMilliseconds());
        if (said.Cluster is { } cluster)
        {
            var window = data.GetProperty("cluster");
            Assert.Equal(
                (
                    window.GetProperty("by").GetString(), window.GetProperty("entity").GetString(),
                    window.GetProperty("window_start").GetDateTimeOffset(), window.GetProperty("launches").GetInt32()),
                (cluster.By, cluster.Entity, cluster.WindowStart, cluster.Launches));
            Assert.Equal(
                (window.GetProperty("probability_sum").GetDouble(), window.GetProperty("deviations_above").GetDouble()),
                (cluster.ProbabilitySum, cluster.DeviationsAbove));
            return;
        }

        Assert.Equal(sent.GetProperty("device").GetProperty("hostname").GetString(), said.Host);
        Assert.Equal(data.GetProperty("prediction").GetProperty("probability").GetDouble(), said.Probability);
        Assert.Equal(data.TryGetProperty("rarity", out var rarity) ? rarity.GetProperty("score").GetDouble() : null, said.Rarity);
        Assert.Equal(
            rarity.ValueKind == JsonValueKind.Undefined
                ? ""
                : $"{rarity.GetProperty("parent").GetString()} > {rarity.GetProperty("child").GetString()}",
            said.Lineage);
    }
}
