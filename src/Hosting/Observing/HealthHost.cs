using System.Text.Json;
using Changeling.Hosting.Fleet;
using Changeling.Hosting.Models;
using Changeling.Hosting.Settings;
using Changeling.Storage;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Observing;

/// <summary>
/// Writes this instance's health to its blob: soon after the start, then every minute, and when the instance stops. A failure is retried
/// a minute later.
/// </summary>
internal sealed class HealthHost(
    HealthBlobs blobs,
    InstanceHealth health,
    ISnapshotSource snapshots,
    FleetHost fleet,
    IOptions<BaselineOptions> baseline,
    IConfiguration configuration,
    PipelineMetrics metrics,
    AppGauges gauges,
    TimeProvider time,
    ILogger<HealthHost> logger) : BackgroundService
{
    /// <summary>Maximum age of a healthy instance's blob.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Delay of the first report, after which the model is usually loaded.</summary>
    private static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(5);

    /// <summary>A storage that does not answer must not hold up a stop, which the host ends after ten seconds.</summary>
    private static readonly TimeSpan LastWithin = TimeSpan.FromSeconds(2);

    private readonly string _instance = InstanceName.Of(configuration);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Created here, so that it exists for the lifetime of the app and metrics can be collected.
        _ = gauges;
        metrics.Started();
        for (var wait = FirstAfter; ; wait = Interval)
        {
            await Task.Delay(wait, time, stoppingToken);
            await WriteAsync(stoppingToken);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The last report shows how far the partitions were when the instance went.</remarks>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var last = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        last.CancelAfter(LastWithin);
        try
        {
            await WriteAsync(last.Token);
        }
        catch (OperationCanceledException)
        {
            Log.HealthNotWritten(logger, "the storage did not answer before the stop");
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await blobs.WriteAsync(_instance, Report(), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.HealthNotWritten(logger, exception.Message);
        }
    }

    /// <summary>The report that is written.</summary>
    internal byte[] Report() => JsonSerializer.SerializeToUtf8Bytes(
        new HealthReport(
            _instance,
            ProductVersion.Text,
            health.Started,
            time.GetUtcNow(),
            snapshots.ModelVersion,
            baseline.Value.Name,
            fleet.View.Partitions.Count,
            health.Answered,
            health.Failed,
            health.LastFailure,
            health.Partitions,
            health.Sources),
        HealthJsonContext.Default.HealthReport);
}
