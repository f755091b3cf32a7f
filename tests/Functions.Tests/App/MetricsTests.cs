using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

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

    /// <summary>Sums what all apps of this process measure; no other test retries so often.</summary>
    private sealed class Measurements : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string Name, long Value)> _seen = new();

        public Measurements()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Changeling") listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _seen.Enqueue((instrument.Name, value)));
            _listener.Start();
        }

        public long Sum(string name) => _seen.Where(m => m.Name == name).Sum(m => m.Value);

        public void Dispose() => _listener.Dispose();
    }
}
