using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Changeling.Baseline;
using Changeling.Clusters;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Sources;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.App;

public class MetricsTests
{
    [Fact]
    public async Task A_batch_that_the_host_has_retried_twenty_times_calls_for_help_and_is_still_processed()
    {
        using var measured = new Measurements();
        await using var app = await InProcessApp.StartAsync((_, _, _) => Task.FromResult(Outcomes.With()));

        await app.PostAsync(Envelope.WithMetadata(m => m["RetryContext"]!["RetryCount"] = 19));
        var before = measured.Sum("changeling.batches.stuck");
        var (status, _) = await app.PostAsync(Envelope.WithMetadata(m => m["RetryContext"]!["RetryCount"] = 20));

        Assert.Equal(0, before);
        Assert.Equal(1, measured.Sum("changeling.batches.stuck"));
        Assert.Equal(200, status);
    }

    [Fact]
    public async Task What_sources_deliver_and_lack_is_measured_by_format()
    {
        var health = new FormatHealth(10, new Dictionary<string, long> { ["user.sid"] = 4 }, 2, new Dictionary<string, long> { [TimeSkew.Ahead] = 3, [TimeSkew.Hours] = 0 });
        var outcome = Outcomes.With() with
        {
            Sources = new SourceHealthReport(new Dictionary<string, FormatHealth> { ["measured"] = health }, new Dictionary<string, long>(), new Dictionary<string, long>(), 0),
            DeadLetters = new Dictionary<(string, string), int> { [("measured", "not_xml")] = 5 },
        };
        using var measured = new Measurements();
        await using var app = await InProcessApp.StartAsync((_, _, _) => Task.FromResult(outcome));

        await app.PostAsync(Envelope.WithMetadata(_ => { }));

        Assert.Equal(10, measured.Sum("changeling.events", ("format", "measured")));
        Assert.Equal(4, measured.Sum("changeling.events.missing", ("format", "measured"), ("field", "user.sid")));
        Assert.Equal(2, measured.Sum("changeling.events.parent_invalid", ("format", "measured")));
        Assert.Equal(3, measured.Sum("changeling.events.skew", ("format", "measured"), ("skew", "ahead")));
        Assert.Equal(3, measured.Sum("changeling.events.skew", ("format", "measured")));
        Assert.Equal(5, measured.Sum("changeling.dead_letters", ("format", "measured"), ("reason", "not_xml")));
    }

    [Fact]
    public async Task Clusters_that_an_exception_suppresses_are_measured_by_rule_and_not_handed_over()
    {
        const string byHost = "suspicious-cluster-by-host";
        var (counts, partition, window) = (new InMemoryBaselineStore(), new BaselinePartition("default", new EventPartition("telemetry", "0")), ClockWindow.At(Some.Time));
        var sum = Enumerable.Range(0, 9).Aggregate(MaliciousSum.None(new(window, ClusterKind.Host, "build01")), (sum, i) => sum.Plus(0.97, $"{i % 3}.exe"));
        var other = sum with { Key = sum.Key with { Entity = "build02" } };
        var watermark = new Watermark(new Position(0, 1, 0), window.End + ClockWindow.Length, window.Start.AddHours(-10));
        await counts.CommitAsync(partition, new BaselineCommit(null, watermark, [], []) { Sums = [sum, other] }, TestContext.Current.CancellationToken);
        var item = new ExceptionItem { Id = "build", Name = "n", Owner = "o", Reason = "r", Created = Some.Time.AddDays(-1), Conditions = [new("host.name", ExceptionMatch.Exact, ["build01"])] };
        using var measured = new Measurements();
        await using var app = await InProcessApp.StartAsync(new InMemoryClusterStore(counts, () => [partition]), ExceptionList.Of([item], HostGroups.None));

        var (status, body) = await app.PostAsync("{}", "/EvaluateClusters");

        Assert.Equal(200, status);
        Assert.Equal(1, measured.Sum("changeling.detections.suppressed", ("rule", byHost)));
        Assert.Contains("build02", body, StringComparison.Ordinal);
        Assert.DoesNotContain("build01", body, StringComparison.Ordinal);
        Assert.Contains("2 new detections (1 suppressed), 1 handed over", body, StringComparison.Ordinal);
    }

    /// <summary>Sums what all apps of this process measure; no other test retries so often.</summary>
    private sealed class Measurements : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string Name, long Value, KeyValuePair<string, object?>[] Tags)> _seen = new();

        public Measurements()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Changeling") listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _seen.Enqueue((instrument.Name, value, tags.ToArray())));
            _listener.Start();
        }

        public long Sum(string name, params (string Key, string Value)[] tags) =>
            _seen.Where(m => m.Name == name && tags.All(t => m.Tags.Contains(new(t.Key, t.Value)))).Sum(m => m.Value);

        public void Dispose() => _listener.Dispose();
    }
}
