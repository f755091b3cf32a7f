using Changeling.Events;

namespace Changeling.HostStandIn;

/// <summary>What one event partition holds.</summary>
/// <param name="Partition">The event partition.</param>
/// <param name="Messages">In order of sequence number; read once per run, as fast as the app takes them.</param>
public sealed record PartitionFeed(EventPartition Partition, IAsyncEnumerable<TelemetryMessage> Messages);

/// <summary>A batch that the stand-in has done with.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Attempts">How many invocations it took.</param>
/// <param name="Result">What the last attempt came to; a failure means that the retries were used up and the batch is lost.</param>
public sealed record BatchReport(EventBatch Batch, int Attempts, InvocationResult Result);

/// <summary>What a run came to.</summary>
/// <param name="Messages">Messages handed over, lost ones included.</param>
/// <param name="Batches">Batches checkpointed.</param>
/// <param name="FailedAttempts">Invocations that failed and were retried or given up.</param>
/// <param name="LostBatches">Batches whose retries were used up: the checkpoint moved past them.</param>
/// <param name="Restarts">How often the app was started again.</param>
public sealed record RunReport(long Messages, int Batches, int FailedAttempts, int LostBatches, int Restarts);
