using Changeling.Simulation.Fleet;
using Changeling.Simulation.Running;

namespace Changeling.Simulation.Formats;

/// <summary>One event of a Windows log.</summary>
/// <param name="Channel">The log.</param>
/// <param name="Launch">The process start; its number is the record's.</param>
/// <param name="Host">The machine that wrote it.</param>
/// <param name="Data">The event's own fields, in Windows' order.</param>
internal sealed record WindowsRecord(
    WindowsChannel Channel, SimulatedLaunch Launch, SimulatedHost Host, IReadOnlyList<(string Name, string Value)> Data)
{
    /// <summary>The process id of the log service.</summary>
    public int LoggerPid => Channel == WindowsChannel.Sysmon ? 3188 : 4;
}
