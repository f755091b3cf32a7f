using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Changeling.Hosting.Tests;

/// <summary>Sums what all apps of this process measure: tests name tags of their own, or things that no other test does.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, long Value, KeyValuePair<string, object?>[] Tags)> _seen = new();

    public Measurements()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Changeling") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => _seen.Enqueue((instrument.Name, value, tags.ToArray())));
        _listener.Start();
    }

    public long Sum(string name, params (string Key, string Value)[] tags) =>
        _seen.Where(m => m.Name == name && tags.All(t => m.Tags.Contains(new(t.Key, t.Value)))).Sum(m => m.Value);

    /// <summary>The last value of a gauge.</summary>
    public long Last(string name) => _seen.Last(m => m.Name == name).Value;

    public void Dispose() => _listener.Dispose();
}
