using Changeling.Hosting.Observing;
using Changeling.Hosting.Settings;
using Changeling.Operations;
using Changeling.Storing;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Timers;

/// <summary>
/// Sweeps the baseline once. The time of the timer is not used: every partition is swept once for each day of its own clock, in bounded
/// steps.
/// </summary>
/// <param name="sweep">The sweep.</param>
/// <param name="baseline">The set of counts.</param>
/// <param name="retention">Limits for one run.</param>
/// <param name="logger">Receives one line for each run.</param>
public sealed class SweepHandler(
    BaselineSweep sweep, IOptions<BaselineOptions> baseline, IOptions<RetentionOptions> retention, ILogger<SweepHandler> logger)
{
    /// <summary>Handles one call of the timer.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be used now; the next call continues.</exception>
    public async Task HandleAsync(CancellationToken cancellationToken)
    {
        var outcome = await sweep.RunAsync(baseline.Value.Name, retention.Value.RequestsPerRun, cancellationToken);
        Log.Swept(logger, outcome.Partitions, outcome.Rows, outcome.Deleted, outcome.IsDone);
    }
}
