using Changeling.HostStandIn;
using Changeling.HubStandIn;
using Changeling.Storage;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.App;

/// <summary>
/// The real worker as a process, with a storage account of the class's own on the assembly's emulator:
/// <c>IClassFixture&lt;AppFixture&gt;</c>. Each run takes a baseline of its own, so tests of a class share models and tables, but no
/// counts.
/// </summary>
public sealed class AppFixture(AzuriteFixture azurite)
{
    /// <summary>Of the account: to look at tables and blobs.</summary>
    public string ConnectionString { get; } = azurite.NewAccount();

    /// <summary>Starts worker, host and hubs.</summary>
    /// <param name="baseline">The set of counts; <see cref="AzuriteFixture.UniqueName"/> for a fresh one.</param>
    /// <param name="adjust">Hooks, batch size, more settings.</param>
    /// <param name="hubs">The hubs of a run that continues; <see langword="null"/> for new ones.</param>
    public async Task<AppRun> StartAsync(string baseline, Func<HostOptions, HostOptions>? adjust = null, HubServer? hubs = null)
    {
        // As the templates do in Azure: tests look at the table before the worker's first batch.
        await new StorageClients(new StorageOptions { ConnectionString = ConnectionString })
            .CreateOnEmulatorAsync(TestContext.Current.CancellationToken);
        var options = new HostOptions
        {
            AppFolder = TestedApp.Folder,
            RetryIntervalFactor = 0.05,
            CallerKills = true,
            Settings = new Dictionary<string, string>
            {
                ["AzureWebJobsStorage"] = ConnectionString,
                ["Storage:ConnectionString"] = ConnectionString,
                ["Baseline:Name"] = baseline,

                // Runs are compared with each other: what one partition hears of another depends on the moment.
                ["Fleet:RefreshInterval"] = "00:00:00",
                ["Model:PollInterval"] = "01:00:00",

                // A worker of a test ends before a gathered profile pays.
                ["DOTNET_TieredPGO"] = "0",
            },
        };
        return await AppRun.StartAsync(adjust?.Invoke(options) ?? options, baseline, hubs);
    }
}
