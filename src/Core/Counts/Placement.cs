using Changeling.Events;

namespace Changeling.Counts;

/// <summary>
/// Determines the positions of a batch's records: which are replays at or below the watermark, which are new, and when a new epoch begins
/// because the hub's sequence numbers started again.
/// </summary>
public static class Placement
{
    /// <summary>Places a batch above a watermark.</summary>
    /// <param name="messages">Messages with the number of their records (at least 1 each), in the partition's order.</param>
    /// <param name="watermark">How far the partition is committed; <see langword="null"/> at the very beginning.</param>
    /// <returns>
    /// One place for each record, in order, and the number of sequence numbers that were skipped since the last message received.
    /// </returns>
    public static (IReadOnlyList<Place> Places, long SequenceGap) Of(
        IEnumerable<(TelemetryMessage Message, int Records)> messages, Watermark? watermark)
    {
        var places = new List<Place>();
        var last = watermark?.Position;
        var previous = watermark?.PreviousEpoch;
        var clock = new PartitionClock(watermark?.HighestEnqueuedTime ?? DateTimeOffset.MinValue);
        var gap = 0L;

        foreach (var (message, records) in messages)
        {
            var epoch = last?.Epoch ?? 0;
            if (last is { } before)
            {
                if (previous is { } old && IsLeftOver(message, records, before, old))
                {
                    Add(old.Position.Epoch, message, records, _ => true);
                    continue;
                }

                // The broker's clock may step back a little. A lower sequence number begins a new epoch only if its enqueued time is later.
                if (message.SequenceNumber <= before.SequenceNumber && message.EnqueuedTime > clock.Now)
                {
                    previous = new EpochEnd(before, clock.Now);
                    epoch++;
                }
                else if (message.SequenceNumber > before.SequenceNumber + 1)
                {
                    gap += message.SequenceNumber - before.SequenceNumber - 1;
                }
            }

            clock = clock.After(message.EnqueuedTime);
            Add(epoch, message, records, position => last is { } committed && position <= committed);
            var end = new Position(epoch, message.SequenceNumber, records - 1);
            if (last is null || end > last) last = end;
        }

        return (places, gap);

        void Add(int epoch, TelemetryMessage message, int records, Func<Position, bool> isReplay)
        {
            for (var index = 0; index < records; index++)
            {
                var position = new Position(epoch, message.SequenceNumber, index);
                places.Add(new Place(position, clock, isReplay(position), previous, clock.Now - message.EnqueuedTime));
            }
        }
    }

    /// <summary>
    /// Whether a message is from the previous epoch. The host retries without end, also a batch from before a failover of the hub, and its
    /// sequence numbers look like a gap in the new epoch. A message that directly follows the watermark is classified as new: an event that
    /// is processed twice is better than a lost one.
    /// </summary>
    private static bool IsLeftOver(TelemetryMessage message, int records, Position last, EpochEnd old) =>
        message.SequenceNumber > last.SequenceNumber + 1
        && message.EnqueuedTime <= old.HighestEnqueuedTime
        && new Position(old.Position.Epoch, message.SequenceNumber, records - 1) <= old.Position;
}

/// <summary>The place of one record.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Clock">The partition clock at the record.</param>
/// <param name="IsReplay">Whether its effects are committed already, or will be by an earlier copy in the same batch.</param>
/// <param name="PreviousEpoch">The last position of the epoch before the record's.</param>
/// <param name="Age">How far the message's enqueued time lies behind the clock.</param>
public readonly record struct Place(
    Position Position, PartitionClock Clock, bool IsReplay, EpochEnd? PreviousEpoch = null, TimeSpan Age = default)
{
    /// <summary>Maximum time that a hub of any tier keeps a message: 90 days (Event Hubs quotas, premium and dedicated).</summary>
    public static readonly TimeSpan MaxRetention = TimeSpan.FromDays(90);

    /// <summary>
    /// Whether the record counts as a replay although no hub can still have it. This happens if the partition clock is in the future and
    /// the hub was created again: its new messages then look like old ones.
    /// </summary>
    public bool IsImplausibleReplay => IsReplay && Age > MaxRetention;
}
