using System.Text.Encodings.Web;
using System.Text.Json;
using Changeling.Simulation.Fleet;
using Changeling.Simulation.Running;

namespace Changeling.Simulation;

/// <summary>Turns simulated events into the messages that their hosts' collectors send.</summary>
public static class TelemetryWriter
{
    /// <summary>A collector that gathers records waits no longer than this for the next.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes all events.</summary>
    /// <param name="events">As <see cref="FleetSimulator.Run"/> gave them, ordered by time.</param>
    /// <returns>Messages ordered by enqueued time. Every event is in exactly one; a host's stay in their order.</returns>
    public static IReadOnlyList<SimulatedMessage> Write(IReadOnlyList<SimulatedEvent> events) =>
        [.. events.GroupBy(e => e.HostIndex)
            .SelectMany(host => OfHost([.. host]))
            .OrderBy(message => message.EnqueuedTime)
            .ThenBy(message => message.HostIndex)];

    private static IEnumerable<SimulatedMessage> OfHost(IReadOnlyList<SimulatedEvent> events)
    {
        var host = events[0].Host;
        var (least, most) = host.Format.Delay;
        var chance = Chance.For(0, host.DeviceId, "delays");
        var latest = DateTimeOffset.MinValue;
        foreach (var batch in Batches(events, host.Format.RecordsPerMessage))
        {
            var enqueued = batch[^1].Launch.Time.AddMilliseconds((long)chance.Between(least.TotalMilliseconds, most.TotalMilliseconds));
            if (enqueued > latest) latest = enqueued;
            yield return new SimulatedMessage(host.Index, host.FullName, latest, Body(host, [.. batch.Select(e => e.Launch)]), batch);
        }
    }

    private static IEnumerable<IReadOnlyList<SimulatedEvent>> Batches(IReadOnlyList<SimulatedEvent> events, int most)
    {
        var batch = new List<SimulatedEvent>();
        foreach (var e in events)
        {
            if (batch.Count == most || (batch.Count > 0 && e.Launch.Time - batch[0].Launch.Time > Patience))
            {
                yield return batch;
                batch = [];
            }

            batch.Add(e);
        }

        yield return batch;
    }

    private static byte[] Body(SimulatedHost host, IReadOnlyList<SimulatedLaunch> launches)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Plain)) host.Format.Write(json, launches, host);
        return stream.ToArray();
    }
}
