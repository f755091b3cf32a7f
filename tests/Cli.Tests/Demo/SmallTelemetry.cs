using Changeling.Simulation;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Demo;

/// <summary>A file that a demo is soon done with.</summary>
internal static class SmallTelemetry
{
    /// <summary>Writes it into a folder, and says its name.</summary>
    public static string WriteTo(Scratch folder)
    {
        var events = FleetSimulator.Run(new SimulationOptions { Hosts = 1, Hours = 6, Attacks = 0 });
        return folder.Write(
            "fleet.jsonl", [.. TelemetryWriter.Write(events).SelectMany(message => message.Body.ToArray().Append((byte)'\n'))]);
    }
}
