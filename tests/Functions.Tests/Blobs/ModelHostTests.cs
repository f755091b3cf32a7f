using System.Diagnostics.Metrics;
using System.Text;
using Changeling.Functions.Models;
using Changeling.Storage;
using Changeling.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Changeling.Functions.Tests.Blobs;

/// <summary>How a model arrives in a running app. A package here is a version's text; "bad" cannot be decoded.</summary>
[Collection(ModelsContainer.Name)]
public sealed class ModelHostTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("changeling-models-");
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private StorageClients _clients = null!;
    private ModelBlobs _blobs = null!;
    private ModelHost? _host;

    [Fact]
    public async Task The_first_start_uploads_the_shipped_package_and_scores_with_it()
    {
        await StartAsync("2026.11.1");

        await UntilAsync("2026.11.1");

        Assert.Equal(PointerState.Read, (await _blobs.ReadPointerAsync(null, Token)).State);
    }

    [Fact]
    public async Task A_model_in_the_store_goes_before_the_shipped_one()
    {
        await PublishAsync("2027.1.1");

        await StartAsync("2026.11.1");

        await UntilAsync("2027.1.1");
    }

    [Fact]
    public async Task A_new_model_is_swapped_in_and_an_invocation_keeps_the_snapshot_it_took()
    {
        await StartAsync("2026.11.1");
        await UntilAsync("2026.11.1");
        var pinned = _host!.Current;

        await PublishAsync("2026.12.1");
        await UntilAsync("2026.12.1");

        Assert.Equal("2026.11.1", pinned.Model.Identity.Version);
    }

    [Fact]
    public async Task A_bad_new_model_is_refused_and_the_next_good_one_is_taken()
    {
        await StartAsync("2026.11.1");
        await UntilAsync("2026.11.1");

        await PublishAsync("bad");
        await Task.Delay(TimeSpan.FromSeconds(2.5), Token);
        Assert.Equal("2026.11.1", _host!.ModelVersion);

        await PublishAsync("2026.12.1");
        await UntilAsync("2026.12.1");
    }

    [Fact]
    public async Task Without_any_model_batches_are_retried_until_one_is_published()
    {
        await StartAsync(shipped: null);

        Assert.Throws<StoreUnavailableException>(() => _host!.Current);
        await PublishAsync("2026.11.1");

        await UntilAsync("2026.11.1");
    }

    public async ValueTask InitializeAsync()
    {
        _clients = await ModelsContainer.EmptyAsync(azurite.ConnectionString);
        _blobs = new ModelBlobs(_clients.Blobs());
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.StopAsync(CancellationToken.None);
        _host?.Dispose();
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<ModelPointer> PublishAsync(string version) => _blobs.PublishAsync("model.zip", Encoding.UTF8.GetBytes(version), Token);

    private async Task StartAsync(string? shipped)
    {
        if (shipped is not null) await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "model.zip"), shipped, Token);
        _host = new ModelHost(
            _clients,
            _blobs,
            new ShippedModel(_folder.FullName),
            package => new Outcomes.NamedModel(Encoding.UTF8.GetString(package.Span) is var version and not "bad" ? version : throw new InvalidDataException("bad")),
            model => new PipelineSnapshot(model, null!, Rules.RuleSet.Shipped),
            Options.Create(new ModelOptions { PollInterval = TimeSpan.FromSeconds(1) }),
            new PipelineMetrics(_services.GetRequiredService<IMeterFactory>()),
            TimeProvider.System,
            NullLogger<ModelHost>.Instance);
        await _host.StartAsync(Token);
    }

    private async Task UntilAsync(string version)
    {
        for (var tries = 0; _host!.ModelVersion != version; tries++)
        {
            Assert.True(tries < 300, $"The model is {_host.ModelVersion ?? "none"}, not {version}.");
            await Task.Delay(50, Token);
        }
    }
}
