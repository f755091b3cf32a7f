using Changeling.Hosting.Timers;
using Microsoft.Azure.Functions.Worker;

namespace Changeling.Functions;

/// <summary>Deletes rows that count as absent, and detections older than their retention, in bounded steps.</summary>
/// <param name="handler">The sweep.</param>
public sealed class SweepBaseline(SweepHandler handler)
{
    /// <summary>Called every hour.</summary>
    [Function(nameof(SweepBaseline))]
    public Task RunAsync([TimerTrigger("0 30 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        handler.HandleAsync(cancellationToken);
}
