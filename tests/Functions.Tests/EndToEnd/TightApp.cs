using Changeling.Functions.Tests.App;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>The app with little memory: one process for all tests of a class.</summary>
public sealed class TightApp(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly AppFixture _app = new(azurite);
    private readonly string _baseline = AzuriteFixture.UniqueName("tight");
    private AppRun? _run;

    public AppRun Run => _run ?? throw new InvalidOperationException("The app is not running.");

    public async ValueTask InitializeAsync() => _run = await _app.StartAsync(_baseline, options => options with
    {
        // 448 MiB in hexadecimal: the rest of 600 MiB is for code and native memory.
        Settings = new Dictionary<string, string>(options.Settings) { ["DOTNET_GCHeapHardLimit"] = "1c000000" },
    });

    /// <summary>Launches of one lineage, over all partitions.</summary>
    public Task<double> LaunchesAsync(string parent, string child) =>
        TableRows.LaunchesAsync(_app.ConnectionString, _baseline, parent, child);

    public async ValueTask DisposeAsync()
    {
        if (_run is not null) await _run.DisposeAsync();
    }
}
