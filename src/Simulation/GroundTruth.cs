using System.Text.Encodings.Web;
using System.Text.Json;
using Changeling.Simulation.Formats;

namespace Changeling.Simulation;

/// <summary>
/// The ground truth of a simulation: the attackers' process starts and the injected look-alikes, for comparison with detections.
/// </summary>
public static class GroundTruth
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One JSON object a line for each start that an attacker caused (<c>label</c> 1) and each injected look-alike (<c>label</c>
    /// 0), in order of time. The console hosts (conhost.exe) that Windows adds to an attacker's starts are not among them.</summary>
    public static IEnumerable<string> Lines(IEnumerable<SimulatedEvent> events) =>
        from e in events
        let attack = e.Attack
        let injected = e.Injected
        where attack is not null || injected is not null
        select JsonSerializer.Serialize(
            new
            {
                time = Iso.Milliseconds(e.Event.Time),
                host = e.Event.Host.Name,
                chain = attack?.Chain,
                step = attack?.Order,
                technique = attack is null ? injected?.Technique : attack.Technique,
                parent = e.Event.Parent?.Name,
                child = e.Event.Child.Name,
                command_line = e.Event.Child.CommandLine,
                identity = e.Event.SourceIdentity,
                label = attack is null ? 0 : 1,
                dataset = injected?.Dataset,
                weak = injected?.IsWeak ?? false,
            },
            Plain);
}
