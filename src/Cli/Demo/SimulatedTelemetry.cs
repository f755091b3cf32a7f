using System.Collections.Frozen;
using Changeling.Events;
using Changeling.HostStandIn;
using Changeling.Simulation;

namespace Changeling.Cli.Demo;

/// <summary>A simulated fleet, keyed by host; the hub's clock is the simulated one.</summary>
internal sealed class SimulatedTelemetry : DemoTelemetry
{
    /// <summary>On a hub all partitions live through the same hours; here a day passes in seconds, and none may run ahead.</summary>
    private static readonly TimeSpan Stretch = TimeSpan.FromHours(2);

    private readonly SimulationOptions _options;
    private readonly int _events;

    private SimulatedTelemetry(SimulationOptions options)
    {
        _options = options;
        var events = FleetSimulator.Run(options);
        var messages = TelemetryWriter.Write(events);
        _events = events.Count;
        Messages = messages.Count;
        ByPartition = messages.GroupBy(m => Partition(m.HostIndex % Partitions)).ToFrozenDictionary(
            g => g.Key,
            g => (IReadOnlyList<TelemetryMessage>)[.. g.Select((m, i) => new TelemetryMessage(i, m.EnqueuedTime, m.Body))]);
        Truth = [.. events.Where(e => e.Attack is not null).Zip(GroundTruth.Lines(events)).Select(x =>
            new AttackTruth(x.First.Attack!.Chain, x.First.Attack.Technique, x.First.Event.SourceIdentity, x.Second))];
    }

    public override string Title =>
        $"{_options.Hosts} simulated hosts, {_options.Hours} hours, {_events:N0} process starts, {_options.Attacks} attack chain{(_options.Attacks == 1 ? "" : "s")} after hour {SimulationOptions.QuietHours}";

    public override int HalfLifeDays => 30;

    public override int Messages { get; }

    public override IReadOnlyDictionary<EventPartition, IReadOnlyList<TelemetryMessage>> ByPartition { get; }

    public override IReadOnlyList<AttackTruth> Truth { get; }

    public override IEnumerable<IReadOnlyList<PartitionFeed>> Stretches =>
        ByPartition.Values.SelectMany(messages => messages.Select(Number)).Distinct().Order().Select(number => Feeds(m => Number(m) == number));

    private static long Number(TelemetryMessage message) => message.EnqueuedTime.UtcTicks / Stretch.Ticks;

    /// <exception cref="CliException">An option cannot be.</exception>
    public static SimulatedTelemetry Of(SimulationOptions options) =>
        options.FindProblem() is { } problem ? throw new CliException(problem) : new SimulatedTelemetry(options);
}
