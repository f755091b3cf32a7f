using Changeling.HostStandIn.Azurite;
using Xunit;

namespace Changeling.TestSupport;

/// <summary>
/// One storage emulator for all tests of an assembly: <c>[assembly: AssemblyFixture(typeof(AzuriteFixture))]</c>. Tests share
/// it, so each takes names of its own (<see cref="UniqueName"/>).
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteServer? _server;
    private int _accounts;

    public string ConnectionString => _server?.ConnectionString ?? throw new InvalidOperationException("Azurite is not running.");

    /// <summary>A name that no other test uses: letters and digits, fit for a container, a table or a baseline.</summary>
    public static string UniqueName(string prefix) => prefix + Guid.NewGuid().ToString("n")[..12];

    /// <summary>The connection string of an account that no other test class uses: its containers and tables are its own.</summary>
    public string NewAccount() =>
        (_server ?? throw new InvalidOperationException("Azurite is not running."))
            .ConnectionStringOf(Interlocked.Increment(ref _accounts));

    /// <summary>A second emulator, empty and for one test alone; the caller disposes it.</summary>
    public static Task<AzuriteServer> StartOwnAsync(CancellationToken cancellationToken) =>
        AzuriteServer.StartAsync(new AzuriteOptions { ToolsFolder = RepositoryRoot.Combine("tools") }, cancellationToken);

    public async ValueTask InitializeAsync() => _server = await StartOwnAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}
