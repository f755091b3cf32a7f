using System.Globalization;
using Changeling.Events;
using Changeling.Simulation;

namespace Changeling.Benchmarking.Samples;

/// <summary>
/// Telemetry of a simulated fleet with mixed collectors, from the middle of its day. The same number of events always gives the same bytes.
/// </summary>
internal sealed class SampleEvents
{
    /// <summary>The hub's name in event partitions.</summary>
    public const string Hub = "telemetry";

    /// <summary>As <c>host.json</c> limits a batch.</summary>
    private const int MaxBatch = 1_000;

    private const int MostHosts = 500;
    private const int LeastHosts = 5;
    private const int UsualHours = 12;

    private SampleEvents(IReadOnlyList<SimulatedMessage> messages)
    {
        Messages = messages;
        Count = messages.Sum(m => m.Events.Count);
    }

    /// <summary>The messages, by enqueued time.</summary>
    public IReadOnlyList<SimulatedMessage> Messages { get; }

    /// <summary>Number of events in them.</summary>
    public int Count { get; }

    /// <summary>Simulates a sample.</summary>
    /// <param name="events">Number of events, at least 100; a few more, so that the last message is whole.</param>
    /// <param name="isDistinct">Whether no two processes have the same command line.</param>
    public static SampleEvents Of(int events, bool isDistinct = false)
    {
        var hosts = Math.Max(Math.Clamp(events / 40, LeastHosts, MostHosts), events / 400);
        for (var hours = UsualHours; ; hours *= 2)
        {
            var all = TelemetryWriter.Write(FleetSimulator.Run(new SimulationOptions
            {
                Hosts = hosts,
                Hours = hours,
                Format = SimulationOptions.MixedFormats,
                HasDistinctCommandLines = isDistinct,
            }));
            if (all.Sum(m => m.Events.Count) is var there && there >= events) return new([.. Middle(all, (there - events) / 2, events)]);
        }
    }

    /// <summary>The messages as batches of event partitions. The messages of a host are in one partition.</summary>
    /// <param name="partitions">Number of event partitions.</param>
    public IReadOnlyList<EventBatch> Batches(int partitions)
    {
        var waiting = Enumerable.Range(0, partitions).Select(_ => new List<TelemetryMessage>()).ToList();
        var sent = new long[partitions];
        var batches = new List<EventBatch>();
        foreach (var message in Messages)
        {
            var partition = message.HostIndex % partitions;
            waiting[partition].Add(new(sent[partition]++, message.EnqueuedTime, message.Body));
            if (waiting[partition].Count == MaxBatch) Send(partition);
        }

        for (var partition = 0; partition < partitions; partition++)
        {
            if (waiting[partition].Count > 0) Send(partition);
        }

        return batches;

        void Send(int partition)
        {
            batches.Add(new(new(Hub, partition.ToString(CultureInfo.InvariantCulture)), [.. waiting[partition]]));
            waiting[partition].Clear();
        }
    }

    /// <summary>The sample in parts of about the same number of events, one after the other in time.</summary>
    public IReadOnlyList<SampleEvents> Split(int parts)
    {
        var lists = Enumerable.Range(0, parts).Select(_ => new List<SimulatedMessage>()).ToList();
        var before = 0L;
        foreach (var message in Messages)
        {
            lists[(int)(before * parts / Count)].Add(message);
            before += message.Events.Count;
        }

        return [.. lists.Select(list => new SampleEvents(list))];
    }

    private static IEnumerable<SimulatedMessage> Middle(IEnumerable<SimulatedMessage> all, int before, int events)
    {
        var (skipped, taken) = (0, 0);
        foreach (var message in all)
        {
            if (skipped < before) skipped += message.Events.Count;
            else if (taken < events)
            {
                taken += message.Events.Count;
                yield return message;
            }
        }
    }
}
