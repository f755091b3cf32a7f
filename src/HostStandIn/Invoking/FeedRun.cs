using System.Runtime.CompilerServices;
using Changeling.Events;

namespace Changeling.HostStandIn.Invoking;

/// <summary>Delivers the messages of one event partition without a hub: batches in order, one at a time.</summary>
internal sealed class FeedRun(BatchRun run, int maxMessages, long? maxBytes)
{
    /// <summary>Runs one partition to its end.</summary>
    /// <exception cref="OperationCanceledException">The host stops.</exception>
    /// <exception cref="HostFailedException">The host gives up on the app.</exception>
    public async Task RunAsync(PartitionFeed feed, CancellationToken cancellationToken)
    {
        await foreach (var batch in BatchesAsync(feed, cancellationToken))
        {
            if (await run.RunAsync(EventsInput.Of(batch), () => Task.CompletedTask, cancellationToken)) continue;
            if (run.Failed.IsCompleted) await run.Failed;
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>Divides the messages after the checkpoint into batches, by number and by bytes fetched ahead.</summary>
    private async IAsyncEnumerable<EventBatch> BatchesAsync(
        PartitionFeed feed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var messages = new List<TelemetryMessage>();
        var bytes = 0L;
        await foreach (var message in feed.Messages.WithCancellation(cancellationToken))
        {
            if (run.Checkpoints.Passed(feed.Partition, message)) continue;

            if (messages.Count > 0 && (messages.Count == maxMessages || bytes + message.Body.Length > maxBytes))
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
