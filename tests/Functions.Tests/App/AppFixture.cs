using System.Text.Json;
using Changeling.HostStandIn;
using Changeling.HostStandIn.Azurite;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.App;

/// <summary>
/// The real app as a process, on an emulator of its own, played by the stand-in: <c>IClassFixture&lt;AppFixture&gt;</c>. Each
/// run takes a baseline of its own, so tests of a class share models and tables, but no counts.
/// </summary>
public sealed class AppFixture : IAsyncLifetime
{
    private AzuriteServer? _azurite;

    /// <summary>Of the emulator: to look at tables and blobs.</summary>
    public string ConnectionString => _azurite!.ConnectionString;

    /// <summary>Starts the app.</summary>
    /// <param name="baseline">The set of counts; <see cref="AzuriteFixture.UniqueName"/> for a fresh one.</param>
    /// <param name="adjust">Hooks, batch size, more settings.</param>
    public async Task<FunctionsHost> StartAsync(string baseline, Func<HostOptions, HostOptions>? adjust = null)
    {
        var options = new HostOptions
        {
            AppFolder = BuiltApp.Folder,
            RetryIntervalFactor = 0.05,
            FunctionTimeout = TimeSpan.FromSeconds(60),
            CallerKills = true,
            Settings = new Dictionary<string, string>
            {
                ["Storage:ConnectionString"] = ConnectionString,
                ["Baseline:Name"] = baseline,

                // Runs are compared with each other: what one partition hears of another depends on the moment.
                ["Fleet:RefreshInterval"] = "00:00:00",
                ["Model:PollInterval"] = "01:00:00",
            },
        };
        var host = await FunctionsHost.StartAsync(adjust?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
        await ModelLoadedAsync(host.Address);
        return host;
    }

    /// <summary>Until then the app answers 503, which the host retries; a test that counts attempts waits.</summary>
    private static async Task ModelLoadedAsync(Uri address)
    {
        using var client = new HttpClient();
        for (var tries = 0; tries < 600; tries++)
        {
            using var status = JsonDocument.Parse(await client.GetStringAsync(address, TestContext.Current.CancellationToken));
            if (status.RootElement.GetProperty("model").ValueKind == JsonValueKind.String) return;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail("The app did not load its model within 30 s.");
    }

    public async ValueTask InitializeAsync() => _azurite = await AzuriteFixture.StartOwnAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null) await _azurite.DisposeAsync();
    }
}
