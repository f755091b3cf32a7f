using System.ComponentModel.DataAnnotations;
using Changeling.HostStandIn.Azurite;
using Changeling.Storage;

namespace Changeling.Cli.Demo;

/// <summary>The emulator that the demo uses: a running one, or a new one that ends with the demo.</summary>
internal sealed class DemoStorage : IAsyncDisposable
{
    /// <summary>Queue and table take the two ports after blob's.</summary>
    private const int LastPort = 65_535 - 2;

    private readonly AzuriteServer? _own;

    private DemoStorage(string connectionString, AzuriteServer? own)
    {
        ConnectionString = connectionString;
        _own = own;
    }

    public string ConnectionString { get; }

    /// <summary>Whether the counts are kept after the demo.</summary>
    public bool Stays => _own is null;

    public string Title => _own is null ? "the Azurite that was running already" : "a new Azurite";

    /// <exception cref="CliException">The number cannot be a port.</exception>
    public static void RequirePort(int port)
    {
        if (port is < 0 or > LastPort)
            throw new CliException($"{port} cannot be Azurite's port; pass 1 to {LastPort} to --azurite-port, or 0 for free ones.");
    }

    /// <summary>Uses a running emulator.</summary>
    /// <exception cref="CliException">The connection string is of a real account.</exception>
    public static DemoStorage At(string connectionString) =>
        new StorageOptions { ConnectionString = connectionString } is var options && !options.Validate(new ValidationContext(options)).Any()
            ? new DemoStorage(connectionString, null)
            : throw new CliException(
                "--connection-string must be an emulator's: only the app itself may change the counts of a real account.");

    /// <summary>Uses the running Azurite, or starts one.</summary>
    /// <param name="port">Its blob port; 0 starts one on free ports.</param>
    /// <param name="onProgress">Receives messages about steps that take long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<DemoStorage> OpenAsync(int port, Action<string> onProgress, CancellationToken cancellationToken)
    {
        if (port > 0 && await AzuriteServer.ListensAsync(port, cancellationToken))
            return new DemoStorage(AzuriteServer.ConnectionAt(port), null);

        var options = new AzuriteOptions { ToolsFolder = AzuriteFolder.Find(), Port = port == 0 ? null : port, OnProgress = onProgress };
        var own = await AzuriteServer.StartAsync(options, cancellationToken);
        return new DemoStorage(own.ConnectionString, own);
    }

    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
