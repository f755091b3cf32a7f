using Changeling.Events;

namespace Changeling.HostStandIn;

/// <summary>The messages of one event partition.</summary>
/// <param name="Partition">The event partition.</param>
/// <param name="Messages">In order of sequence number; read once per run, at the speed of the app.</param>
public sealed record PartitionFeed(EventPartition Partition, IAsyncEnumerable<TelemetryMessage> Messages);

/// <summary>A batch that the stand-in has finished.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Attempts">Number of invocations.</param>
/// <param name="Result">The result of the last attempt; a failure means that the retries were used up and the batch is lost.</param>
public sealed record BatchReport(EventBatch Batch, int Attempts, InvocationResult Result);

/// <summary>The result of a run.</summary>
/// <param name="Messages">Messages delivered, lost ones included.</param>
/// <param name="Batches">Batches checkpointed.</param>
/// <param name="FailedAttempts">Failed invocations, whether they were retried or not.</param>
/// <param name="LostBatches">Batches whose retries were used up: the checkpoint moved past them.</param>
/// <param name="Restarts">Number of restarts of the app.</param>
public sealed record RunReport(long Messages, int Batches, int FailedAttempts, int LostBatches, int Restarts);
