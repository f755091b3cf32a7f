using Changeling.Deciding;
using Changeling.Features;
using Changeling.Hosting.Observing;
using Changeling.Storage;
using Changeling.Storing;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Models;

/// <summary>
/// Loads the current model at start (with back-off, while invocations wait), follows the pointer blob, and replaces the immutable snapshot
/// when the model changes. If a new model is not valid, the last valid one is kept.
/// </summary>
internal sealed class ModelHost(
    StorageClients storage,
    ModelBlobs blobs,
    ShippedModel shipped,
    Func<ReadOnlyMemory<byte>, IModel> decode,
    Func<IModel, PipelineSnapshot> compose,
    IOptions<ModelOptions> options,
    PipelineMetrics metrics,
    TimeProvider time,
    ILogger<ModelHost> logger) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile PipelineSnapshot? _current;
    private string? _seen;

    /// <summary>Completes when the first model is loaded.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>The current model, with prior and shipped rules.</summary>
    /// <exception cref="InvalidOperationException">Read before <see cref="Loaded"/>.</exception>
    public PipelineSnapshot Current => _current ?? throw new InvalidOperationException("The model is read before it is loaded.");

    /// <summary>Version of the current model; <see langword="null"/> while none is loaded.</summary>
    public string? ModelVersion => _current?.Model.Identity.Version;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await LoadFirstAsync(stoppingToken);
        while (true)
        {
            await Task.Delay(options.Value.PollInterval, time, stoppingToken);
            await FollowAsync(stoppingToken);
        }
    }

    private async Task LoadFirstAsync(CancellationToken cancellationToken)
    {
        for (var wait = FirstWait; _current is null; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await storage.CreateOnEmulatorAsync(cancellationToken);
                await LoadAsync(cancellationToken);
                if (_current is not null) return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Read the pointer again next time, because the error may be corrected without a change of the pointer.
                _seen = null;
                metrics.ModelLoad(exception is StoreUnavailableException ? PipelineMetrics.ModelUnreachable : PipelineMetrics.ModelRefused);
                Log.ModelMissing(logger, wait.TotalSeconds, exception.Message);
                await Task.Delay(wait, time, cancellationToken);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LoadAsync(cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            metrics.ModelLoad(PipelineMetrics.ModelUnreachable);
            Log.PointerUnreadable(logger, ModelVersion ?? "", exception.Message);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The pointer counts as known, so that an invalid package is refused only once.
            metrics.ModelLoad(PipelineMetrics.ModelRefused);
            Log.ModelRefused(logger, ModelVersion ?? "", exception.Message);
        }
    }

    /// <summary>Reads the pointer and, if it changed, loads the package that it names.</summary>
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var reading = await blobs.ReadPointerAsync(_seen, cancellationToken);
        if (reading.State == PointerState.Unchanged) return;
        if (reading.State == PointerState.Missing)
        {
            // If the pointer is deleted, a running app keeps its model.
            if (_current is not null) return;
            await SeedAsync(cancellationToken);
            reading = await blobs.ReadPointerAsync(known: null, cancellationToken);
        }

        var before = _seen;
        _seen = reading.Version;
        var pointer = reading.Pointer ?? throw new InvalidDataException(reading.Problem ?? "The model pointer vanished while it was read.");
        try
        {
            await TakeAsync(pointer, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // After an outage the package is still unknown, so the pointer does not count as known.
            _seen = before;
            throw;
        }
        catch (InvalidDataException exception) when (_current is null)
        {
            await TakeOtherAsync(pointer.Previous, exception.Message, cancellationToken);
        }
    }

    /// <summary>
    /// What a new process scores with when it cannot read the active model: the one that older processes have kept, else the shipped one.
    /// After an upgrade to another feature schema neither of the stored models can be read.
    /// </summary>
    private async Task TakeOtherAsync(ModelPointer? previous, string problem, CancellationToken cancellationToken)
    {
        metrics.ModelLoad(PipelineMetrics.ModelRefused);
        if (previous is not null)
        {
            Log.ModelRefused(logger, previous.Version, problem);
            try
            {
                await TakeAsync(previous, cancellationToken);
                return;
            }
            catch (InvalidDataException exception)
            {
                metrics.ModelLoad(PipelineMetrics.ModelRefused);
                problem = exception.Message;
            }
        }

        var file = shipped.Package();
        var model = decode(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
        Log.ModelRefused(logger, model.Identity.Version, problem);
        Take(model, file.Name);
    }

    private async Task TakeAsync(ModelPointer pointer, CancellationToken cancellationToken)
    {
        Take(decode(await blobs.DownloadAsync(pointer, cancellationToken)), pointer.Package);
    }

    private void Take(IModel model, string package)
    {
        _current = compose(model);
        _loaded.TrySetResult();
        metrics.ModelLoad(PipelineMetrics.ModelLoaded);
        Log.ModelLoaded(logger, model.Identity.Version, package);
    }

    private async Task SeedAsync(CancellationToken cancellationToken)
    {
        var file = shipped.Package();
        var package = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        if (await blobs.SeedAsync(decode(package).Identity.Version, package, cancellationToken)) Log.ModelSeeded(logger, file.Name);
    }
}
