using Changeling.Events;
using Changeling.Simulation;

namespace Changeling.Benchmarks;

/// <summary>A little simulated telemetry, the same in every process.</summary>
internal static class Fleet
{
    private const int Messages = 1_000;

    /// <summary>The messages of one collector, or of mixed ones.</summary>
    /// <param name="format">One of <see cref="SimulationOptions.Formats"/>.</param>
    /// <param name="isDistinct">Whether no two processes have the same command line.</param>
    public static IReadOnlyList<SimulatedMessage> Of(string format, bool isDistinct = false) =>
    [
        .. TelemetryWriter.Write(FleetSimulator.Run(
            new SimulationOptions { Hosts = 20, Hours = 12, Format = format, HasDistinctCommandLines = isDistinct })).TakeLast(Messages),
    ];

    /// <summary>The events of some messages.</summary>
    public static IReadOnlyList<ProcessEvent> Events(IReadOnlyList<SimulatedMessage> messages)
    {
        var reader = new MessageReader(new MessageLimits());
        return [.. messages.SelectMany(m => reader.Read(m.Body)).OfType<RecordOutcome.Read>().Select(r => r.Event)];
    }
}
