using Changeling.Hubs;
using Changeling.Simulation;

namespace Changeling.Cli.Demo;

/// <summary>A simulated fleet, keyed by host; the hub's clock is the simulated one.</summary>
internal sealed class SimulatedTelemetry : DemoTelemetry
{
    /// <summary>
    /// Length of one part. On a real hub all partitions progress at the same time, so no partition may get ahead here either.
    /// </summary>
    private static readonly TimeSpan Stretch = TimeSpan.FromHours(2);

    private readonly SimulationOptions _options;
    private readonly int _events;
    private readonly IReadOnlyList<SimulatedMessage> _messages;

    private SimulatedTelemetry(SimulationOptions options)
    {
        _options = options;
        var events = FleetSimulator.Run(options);
        _events = events.Count;
        _messages = TelemetryWriter.Write(events);
        Truth = [.. events.Where(e => e.Attack is not null).Zip(GroundTruth.Lines(events)).Select(x =>
            new AttackTruth(x.First.Attack!.Chain, x.First.Attack.Technique, x.First.Event, x.Second))];
    }

    public override string Title =>
        $"{_options.Hosts} simulated hosts, {_options.Hours} hours, {_events:N0} process starts, {_options.Attacks} attack chain{(_options.Attacks == 1 ? "" : "s")} after hour {SimulationOptions.QuietHours}";

    public override int HalfLifeDays => 30;

    public override int Messages => _messages.Count;

    public override IReadOnlyList<AttackTruth> Truth { get; }

    public override IEnumerable<IReadOnlyList<OutgoingMessage>> Stretches => _messages
        .GroupBy(m => m.EnqueuedTime.UtcTicks / Stretch.Ticks)
        .OrderBy(stretch => stretch.Key)
        .Select(stretch => (IReadOnlyList<OutgoingMessage>)[.. stretch.Select(Outgoing)]);

    /// <exception cref="CliException">An option is not valid.</exception>
    public static SimulatedTelemetry Of(SimulationOptions options) =>
        options.FindProblem() is { } problem ? throw new CliException(problem) : new SimulatedTelemetry(options);

    private static OutgoingMessage Outgoing(SimulatedMessage message) =>
        new(message.HostName, message.Body, $"a message of {message.HostName}") { EnqueuedTime = message.EnqueuedTime };
}
