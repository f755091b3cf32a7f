using System.Runtime.CompilerServices;
using Changeling.Events;
using Changeling.HostStandIn.Contract;

namespace Changeling.HostStandIn;

/// <summary>One event partition: batches in order, one at a time; retry, then checkpoint, whatever came of it (section 1.8).</summary>
internal sealed class PartitionRun(FunctionApp app, HostOptions options, Invoker invoker, Action<EventBatch, InvocationResult> onSent)
{
    private readonly int _maxMessages = options.MaxEventBatchSize ?? app.MaxEventBatchSize;

    /// <summary>Runs one partition to its end.</summary>
    public async Task<RunReport> RunAsync(PartitionFeed feed, IProgress<BatchReport>? progress, CancellationToken cancellationToken)
    {
        var total = new RunReport(0, 0, 0, 0, 0);
        await foreach (var batch in BatchesAsync(feed, cancellationToken))
        {
            var report = await ProcessAsync(batch, cancellationToken);

            // After the invocation, also when the retries are used up: Event Hubs has no poison messages.
            options.Checkpoints.Move(batch.Partition, batch.Messages[^1].SequenceNumber);
            progress?.Report(report);
            total = total with
            {
                Messages = total.Messages + batch.Messages.Count,
                Batches = total.Batches + 1,
                FailedAttempts = total.FailedAttempts + report.Attempts - (report.Result.Succeeded ? 1 : 0),
                LostBatches = total.LostBatches + (report.Result.Succeeded ? 0 : 1),
            };
        }

        return total;
    }

    private async Task<BatchReport> ProcessAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        string? failure = null;
        for (var retry = 0; ; retry++)
        {
            var result = await invoker.InvokeAsync(batch, retry, failure, cancellationToken);
            onSent(batch, result);
            if (result.Succeeded || app.Retry is not { } policy || !policy.Allows(retry + 1)) return new BatchReport(batch, retry + 1, result);

            failure = result.Failure;
            await Task.Delay(policy.Wait(retry + 1) * options.RetryIntervalFactor, options.Time, cancellationToken);
        }
    }

    /// <summary>Cuts the messages after the checkpoint into batches, by number and by bytes fetched ahead.</summary>
    private async IAsyncEnumerable<EventBatch> BatchesAsync(PartitionFeed feed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var messages = new List<TelemetryMessage>();
        var bytes = 0L;
        await foreach (var message in feed.Messages.WithCancellation(cancellationToken))
        {
            if (options.Checkpoints.Passed(feed.Partition, message)) continue;

            if (messages.Count > 0 && (messages.Count == _maxMessages || bytes + message.Body.Length > app.PrefetchSizeInBytes))
            {
                yield return new EventBatch(feed.Partition, messages);
                (messages, bytes) = ([], 0);
            }

            messages.Add(message);
            bytes += message.Body.Length;
        }

        if (messages.Count > 0) yield return new EventBatch(feed.Partition, messages);
    }
}
