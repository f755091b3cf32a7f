using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Demo;

/// <summary>The demo as a newcomer runs it, once for all that is asked of it; only Azurite's ports are free ones.</summary>
public sealed class DefaultDemo : IAsyncLifetime
{
    private readonly Scratch _folder = new();
    private readonly MarkedProcesses _started = new();

    internal Outcome Outcome { get; private set; } = new(-1, "", "");

    /// <summary>Command lines of what still ran when the demo had ended.</summary>
    internal IReadOnlyList<string> LeftBehind { get; private set; } = [];

    internal IReadOnlyList<JsonElement> Detections => Lines("detections.jsonl");

    internal IReadOnlyList<JsonElement> Truth => Lines("truth.jsonl");

    public async ValueTask InitializeAsync()
    {
        // A CI service's variable, by which a library may take a file for a terminal.
        var environment = new Dictionary<string, string>(_started.Environment) { ["GITHUB_ACTIONS"] = "true" };
        Outcome = await CommandProcess.RunAsync(_folder, environment, "demo", "--azurite-port", "0");
        LeftBehind = _started.Running();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private List<JsonElement> Lines(string name) =>
        [.. File.ReadLines(Path.Combine(_folder["artifacts"], "demo", name)).Select(line => JsonDocument.Parse(line).RootElement)];
}
