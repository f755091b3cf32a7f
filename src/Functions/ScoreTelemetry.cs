using Azure.Messaging.EventHubs;
using Changeling.Functions.EventHubs;
using Changeling.Hosting.Batches;
using Changeling.Hosting.Observing;
using Microsoft.Azure.Functions.Worker;

namespace Changeling.Functions;

/// <summary>Scores the telemetry hub's messages. A failed batch is retried without end: skipping it would lose events.</summary>
/// <param name="handler">Processes a batch.</param>
public sealed class ScoreTelemetry(BatchHandler handler)
{
    /// <summary>Called once a batch, for several event partitions at once.</summary>
    [Function(nameof(ScoreTelemetry))]
    [ExponentialBackoffRetry(-1, "00:00:02", "00:02:00")]
    public Task RunAsync(
        [
            EventHubTrigger("%TelemetryHub%", Connection = "EventHubConnection", ConsumerGroup = "%TelemetryConsumerGroup%"),
        ] EventData[] messages,
        FunctionContext context,
        CancellationToken cancellationToken)
    {
        var host = Telemetry.HostSpan(context.TraceContext.TraceParent, context.TraceContext.TraceState);
        return handler.HandleAsync(TriggerBatch.Read(messages, context), context.RetryContext?.RetryCount ?? 0, host, cancellationToken);
    }
}
