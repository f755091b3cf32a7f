using Changeling.Counts;
using Changeling.Events;
using Changeling.Hosting.Observing;
using Changeling.Pipeline;
using Changeling.Rarity;
using Changeling.Storage;
using Changeling.Storing;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Fleet;

/// <summary>
/// Keeps the fleet view up to date: reads all partitions' snapshots at start and then at every interval, after writing those of this
/// process's partitions. After a failure the last view is kept, and the failure is logged.
/// </summary>
internal sealed class FleetHost(
    FleetBlobs blobs, BatchPipeline pipeline, PipelineSettings settings, IOptions<FleetOptions> options, TimeProvider time,
    ILogger<FleetHost> logger)
    : BackgroundService
{
    private readonly HalfLife _halfLife = settings.HalfLifeDays == 0 ? HalfLife.Never : new(settings.HalfLifeDays);
    private readonly Dictionary<EventPartition, string> _written = [];
    private IReadOnlyDictionary<string, StoredSnapshot> _read = new Dictionary<string, StoredSnapshot>();
    private volatile FleetView _view = FleetView.Empty;

    /// <summary>The view for an invocation.</summary>
    public FleetView View => _view;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = options.Value.RefreshInterval;
        if (interval == TimeSpan.Zero) return;

        while (true)
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.FleetNotRefreshed(logger, _view.Partitions.Count, exception.Message);
            }

            await Task.Delay(interval, time, stoppingToken);
        }
    }

    /// <summary>
    /// One round: writes the snapshots of this process's partitions that changed, then reads those of other partitions that changed.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot be used now; the last view is kept.</exception>
    internal async Task RefreshAsync(CancellationToken cancellationToken) =>
        await ReadAsync(await WriteAsync(cancellationToken), cancellationToken);

    /// <summary>Writes the snapshots that changed since they were last written.</summary>
    /// <returns>All snapshots that are known now, so that this process does not read what it has just written.</returns>
    private async Task<IReadOnlyDictionary<string, StoredSnapshot>> WriteAsync(CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, StoredSnapshot>(_read, StringComparer.Ordinal);
        foreach (var partition in pipeline.Partitions)
        {
            var snapshot = await pipeline.SnapshotAsync(partition, _view.SnapshotOf(partition), cancellationToken);
            if (snapshot is null || _written.GetValueOrDefault(partition) == snapshot.Version) continue;
            var (name, stored) = await blobs.WriteAsync(snapshot, cancellationToken);
            known[name] = stored;
            _written[partition] = snapshot.Version;
        }

        return known;
    }

    private async Task ReadAsync(IReadOnlyDictionary<string, StoredSnapshot> known, CancellationToken cancellationToken)
    {
        var now = await blobs.ReadAsync(known, cancellationToken);
        if (now.Count == _read.Count && now.All(s => ReferenceEquals(_read.GetValueOrDefault(s.Key), s.Value))) return;

        // There is one blob for each partition. If two blobs name the same partition, the one with the newer watermark is used.
        _read = now;
        var snapshots = now.Values.Select(s => s.Snapshot).GroupBy(s => s.Partition).Select(g => g.MaxBy(s => s.Position)!);
        _view = FleetView.Of(snapshots, _halfLife);
    }
}
