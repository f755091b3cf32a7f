namespace Changeling.HubStandIn.Storing;

/// <summary>The properties of a partition at one moment.</summary>
/// <param name="First">Sequence number of the oldest event kept.</param>
/// <param name="Last">Sequence number of the newest; <paramref name="First"/> - 1 when there is none.</param>
/// <param name="LastOffset">Offset of the newest; -1 when there is none.</param>
/// <param name="LastEnqueuedTime">When the newest was taken, in UTC; 1970 when there is none.</param>
internal readonly record struct PartitionState(long First, long Last, long LastOffset, DateTimeOffset LastEnqueuedTime)
{
    public bool IsEmpty => Last < First;
}
