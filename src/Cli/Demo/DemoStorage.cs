using Changeling.HostStandIn.Azurite;

namespace Changeling.Cli.Demo;

/// <summary>The emulator that the demo uses: the one that listens already, or one of its own that ends with it.</summary>
internal sealed class DemoStorage : IAsyncDisposable
{
    private readonly AzuriteServer? _own;

    private DemoStorage(AzuriteServer? own) => _own = own;

    public string ConnectionString => _own?.ConnectionString ?? "UseDevelopmentStorage=true";

    public string Title => _own is null ? "the Azurite that listens already" : "an Azurite of its own";

    public static async Task<DemoStorage> OpenAsync(Action<string> onProgress, CancellationToken cancellationToken) =>
        await AzuriteServer.ListensAsync(cancellationToken)
            ? new DemoStorage(null)
            : new DemoStorage(await AzuriteServer.StartAsync(
                new AzuriteOptions { ToolsFolder = InstalledFiles.Tools, WellKnownPorts = true, OnProgress = onProgress }, cancellationToken));

    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
