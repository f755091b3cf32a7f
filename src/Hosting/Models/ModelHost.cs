using Changeling.Deciding;
using Changeling.Features;
using Changeling.Hosting.Observing;
using Changeling.Storage;
using Changeling.Storing;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Models;

/// <summary>
/// Keeps the current model: loads it at start (with back-off, while invocations wait), follows the pointer blob, swaps one immutable
/// snapshot for another, and keeps the last good one when a new one is bad.
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

    /// <summary>The model that scores now, with prior and shipped rules.</summary>
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
                // Read the pointer again next time: what is wrong may be mended under the same pointer.
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
            // The pointer stays "seen": a bad package is refused once, not at every look.
            metrics.ModelLoad(PipelineMetrics.ModelRefused);
            Log.ModelRefused(logger, ModelVersion ?? "", exception.Message);
        }
    }

    /// <summary>Looks at the pointer and, if it is new, loads what it points to.</summary>
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var reading = await blobs.ReadPointerAsync(_seen, cancellationToken);
        if (reading.State == PointerState.Unchanged) return;
        if (reading.State == PointerState.Missing)
        {
            // A pointer deleted under a running app changes nothing for it.
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
            // An outage says nothing about the package: the pointer counts as unseen.
            _seen = before;
            throw;
        }
        catch (InvalidDataException exception) when (_current is null && pointer.Previous is not null)
        {
            // A fresh process scores with what the older ones kept.
            metrics.ModelLoad(PipelineMetrics.ModelRefused);
            Log.ModelRefused(logger, pointer.Previous.Version, exception.Message);
            await TakeAsync(pointer.Previous, cancellationToken);
        }
    }

    private async Task TakeAsync(ModelPointer pointer, CancellationToken cancellationToken)
    {
        _current = compose(decode(await blobs.DownloadAsync(pointer, cancellationToken)));
        _loaded.TrySetResult();
        metrics.ModelLoad(PipelineMetrics.ModelLoaded);
        Log.ModelLoaded(logger, _current.Model.Identity.Version, pointer.Package);
    }

    private async Task SeedAsync(CancellationToken cancellationToken)
    {
        var file = shipped.Package();
        var package = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        if (await blobs.SeedAsync(decode(package).Identity.Version, package, cancellationToken)) Log.ModelSeeded(logger, file.Name);
    }
}
