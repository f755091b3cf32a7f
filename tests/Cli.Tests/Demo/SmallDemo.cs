using Changeling.HostStandIn.Azurite;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Demo;

/// <summary>A demo of a small file on ports where no Azurite listens, run once for all tests of a class.</summary>
public sealed class SmallDemo : IAsyncLifetime
{
    private readonly Scratch _folder = new();

    public SmallDemo() => Input = _folder[SmallTelemetry.WriteTo(_folder)];

    internal string Input { get; }

    internal Outcome Outcome { get; private set; } = new(-1, "", "");

    internal bool HasWrittenDetections => File.Exists(_folder["out/detections.jsonl"]);

    /// <summary>Whether an Azurite listened on the demo's ports after its end.</summary>
    internal bool AzuriteListens { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var port = FreePorts.Three();
        Outcome = await Terminal.RunAsync(_folder, "demo", "--input", Input, "--azurite-port", $"{port}", "--output", "out");
        AzuriteListens = await AzuriteServer.ListensAsync(port, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
