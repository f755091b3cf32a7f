namespace Changeling.HubStandIn.Storing;

/// <summary>Where a reader begins in a partition.</summary>
internal abstract record StartPosition
{
    /// <summary>At the oldest event kept.</summary>
    public sealed record Earliest : StartPosition;

    /// <summary>Behind the newest event.</summary>
    public sealed record Latest : StartPosition;

    /// <summary>At a sequence number, or behind it.</summary>
    public sealed record AtSequenceNumber(long Value, bool Inclusive) : StartPosition;

    /// <summary>At an offset, or behind it.</summary>
    public sealed record AtOffset(long Value, bool Inclusive) : StartPosition;

    /// <summary>At the first event that was enqueued later.</summary>
    public sealed record After(DateTimeOffset Time) : StartPosition;
}
