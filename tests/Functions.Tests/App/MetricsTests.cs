using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Changeling.Sources;

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
