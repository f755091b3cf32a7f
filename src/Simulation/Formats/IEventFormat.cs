using System.Text.Json;
using Changeling.Events;
using Changeling.Simulation.Fleet;
using Changeling.Simulation.Running;

namespace Changeling.Simulation.Formats;

/// <summary>How one kind of collector reports a process start.</summary>
internal interface IEventFormat
{
    /// <summary>Maximum number of records in one message.</summary>
    int RecordsPerMessage { get; }

    /// <summary>Shortest and longest time from the last event of a message until the hub has it.</summary>
    (TimeSpan Least, TimeSpan Most) Delay { get; }

    /// <summary>The part of an event that this format contains.</summary>
    ProcessEvent View(SimulatedLaunch launch, SimulatedHost host);

    /// <summary>Writes one message's body.</summary>
    void Write(Utf8JsonWriter json, IReadOnlyList<SimulatedLaunch> launches, SimulatedHost host);
}
