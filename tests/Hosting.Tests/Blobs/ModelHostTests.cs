using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Changeling.Deciding;
using Changeling.Hosting.Models;
using Changeling.Hosting.Observing;
using Changeling.Storage;
using Changeling.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Tests.Blobs;

/// <summary>How a model arrives in a running app. A package here is a version's text; "bad" cannot be decoded.</summary>
[Collection(ModelsContainer.Name)]
public sealed class ModelHostTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("changeling-models-");
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private StorageClients _clients = null!;
    private ModelBlobs _blobs = null!;
    private readonly ModelLoads _measured = new();
    private readonly KeptLog _log = new();
    private readonly PollClock _time = new();
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
    public async Task A_bad_new_model_is_refused_once_with_log_and_metric_and_the_next_good_one_is_taken()
    {
        await StartAsync("2026.11.1");
        await UntilAsync("2026.11.1");

        await PublishAsync("bad");
        await UntilAsync(() => _measured.Loads("refused") > 0);
        for (var look = 0; look < 3; look++) await _time.LookAsync(Token);

        Assert.Equal("2026.11.1", _host!.ModelVersion);
        Assert.Equal((1, 1), (_measured.Loads("loaded"), _measured.Loads("refused")));
        Assert.Equal(
            "Error: The new model is refused and model 2026.11.1 stays: bad",
            Assert.Single(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal)));

        await PublishAsync("2026.12.1");
        await UntilAsync("2026.12.1");
    }

    [Fact]
    public async Task A_pointer_of_garbage_is_refused_once_and_a_good_one_after_it_is_taken()
    {
        await StartAsync("2026.11.1");
        await UntilAsync("2026.11.1");

        await PointByHandAsync("garbage");
        await UntilAsync(() => _measured.Loads("refused") > 0);
        for (var look = 0; look < 3; look++) await _time.LookAsync(Token);

        Assert.Equal(("2026.11.1", 1), (_host!.ModelVersion, _measured.Loads("refused")));
        await PublishAsync("2026.12.1");
        await UntilAsync("2026.12.1");
    }

    [Fact]
    public async Task A_pointer_to_nowhere_is_looked_at_again_until_the_package_is_there()
    {
        await StartAsync("2026.11.1");
        await UntilAsync("2026.11.1");
        var late = ModelPointer.For("2026.12.1", "2026.12.1"u8);

        await PointByHandAsync(late.ToJson().ToString());
        await UntilAsync(() => _measured.Loads("unreachable") > 0);
        Assert.Equal("2026.11.1", _host!.ModelVersion);
        await _blobs.PublishAsync("2026.12.1", "2026.12.1"u8.ToArray(), Token);

        await UntilAsync("2026.12.1");
        Assert.Contains(_log.Lines, line => line.Contains("models/2026.12.1.zip does not exist", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_that_starts_at_a_bad_model_scores_with_the_one_before_it()
    {
        await PublishAsync("2026.10.1");
        await PublishAsync("bad");

        await StartAsync("2026.11.1");
        await UntilAsync("2026.10.1");

        Assert.Equal((1, 1), (_measured.Loads("loaded"), _measured.Loads("refused")));
        await PublishAsync("2026.12.1");
        await UntilAsync("2026.12.1");
    }

    [Fact]
    public async Task A_process_that_can_read_no_stored_model_scores_with_the_shipped_one_until_a_good_one_is_active()
    {
        await PublishAsync("bad");

        await StartAsync("2026.11.1");
        await UntilAsync("2026.11.1");

        Assert.Equal((1, 1), (_measured.Loads("loaded"), _measured.Loads("refused")));
        Assert.Contains(_log.Lines, line => line == "Error: The new model is refused and model 2026.11.1 stays: bad");
        await PublishAsync("2026.12.1");
        await UntilAsync("2026.12.1");
    }

    [Fact]
    public async Task Without_any_model_batches_wait_until_one_is_published()
    {
        await StartAsync(shipped: null);

        Assert.False(_host!.Loaded.IsCompleted);
        await PublishAsync("2026.11.1");

        await UntilAsync(() => _host.Loaded.IsCompleted);
        Assert.Equal("2026.11.1", _host.ModelVersion);
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
        _measured.Dispose();
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Publishes and activates; a bad package has another name for its version.</summary>
    private async Task PublishAsync(string package)
    {
        var (pointer, _) = await _blobs.PublishAsync(package, Encoding.UTF8.GetBytes(package), Token);
        Assert.True(await _blobs.MoveAsync(await _blobs.ReadPointerAsync(null, Token), pointer, Token));
    }

    /// <summary>Writes the pointer as a person with a storage tool would.</summary>
    private async Task PointByHandAsync(string text) =>
        await _clients.Blobs()
            .GetBlobContainerClient(ModelBlobs.Container)
            .GetBlobClient(ModelBlobs.PointerName)
            .UploadAsync(new BinaryData(text), overwrite: true, Token);

    private Task UntilAsync(Func<bool> holds) => _time.LookUntilAsync(holds, Token);

    private async Task StartAsync(string? shipped)
    {
        if (shipped is not null) await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "model.zip"), shipped, Token);
        _host = new ModelHost(
            _clients,
            _blobs,
            new ShippedModel(_folder.FullName),
            package =>
                new Outcomes.NamedModel(
                    Encoding.UTF8.GetString(package.Span) is var version and not "bad" ? version : throw new InvalidDataException("bad")),
            model => new PipelineSnapshot(model, null!, Rules.RuleSet.Shipped),
            Options.Create(new ModelOptions { PollInterval = TimeSpan.FromSeconds(1) }),
            new PipelineMetrics(_measured.Of(_services.GetRequiredService<IMeterFactory>())),
            _time,
            _log);
        await _host.StartAsync(Token);
    }

    private Task UntilAsync(string version) => UntilAsync(() => _host!.ModelVersion == version);

    /// <summary>Counts <c>changeling.model.loads</c> of this test's app alone.</summary>
    private sealed class ModelLoads : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<string, int> _loads = new(StringComparer.Ordinal);
        private IMeterFactory? _factory;

        public IMeterFactory Of(IMeterFactory factory)
        {
            _factory = factory;
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "changeling.model.loads" && ReferenceEquals(instrument.Meter.Scope, _factory))
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>(
                (_, value, tags, _) => _loads.AddOrUpdate((string)tags[0].Value!, (int)value, (_, sum) => sum + (int)value));
            _listener.Start();
            return factory;
        }

        public int Loads(string outcome) => _loads.GetValueOrDefault(outcome);

        public override string ToString() => string.Join(", ", _loads.Select(l => $"{l.Key} {l.Value}"));

        public void Dispose() => _listener.Dispose();
    }

    private sealed class KeptLog : ILogger<ModelHost>
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

        public override string ToString() => string.Join(" / ", _lines);
    }
}
