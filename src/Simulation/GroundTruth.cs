using System.Text.Encodings.Web;
using System.Text.Json;
using Changeling.Simulation.Formats;

namespace Changeling.Simulation;

/// <summary>What the attackers of a simulation did: the answers to compare detections with.</summary>
public static class GroundTruth
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One JSON object a line for each start that an attacker caused, in order of time. The console hosts (conhost.exe)
    /// that Windows adds to such starts are not among them.</summary>
    public static IEnumerable<string> Lines(IEnumerable<SimulatedEvent> events) =>
        from e in events
        let attack = e.Attack
        where attack is not null
        select JsonSerializer.Serialize(
            new
            {
                time = Iso.Milliseconds(e.Event.Time),
                host = e.Event.Host.Name,
                chain = attack.Chain,
                step = attack.Order,
                technique = attack.Technique,
                parent = e.Event.Parent?.Name,
                child = e.Event.Child.Name,
                command_line = e.Event.Child.CommandLine,
                identity = e.Event.SourceIdentity,
            },
            Plain);
}
