using Changeling.Events;

namespace Changeling.Counts;

/// <summary>
/// Determines the positions of records above a watermark, message by message: which are replays at or below it, which are new, and when a
/// new epoch begins because the hub's sequence numbers started again.
/// </summary>
/// <param name="watermark">How far the partition is committed; <see langword="null"/> at the very beginning.</param>
public sealed class Placement(Watermark? watermark)
{
    private Position? _last = watermark?.Position;
    private EpochEnd? _previous = watermark?.PreviousEpoch;

    /// <summary>The partition clock at the last message placed; before the first one, at the watermark.</summary>
    public PartitionClock Clock { get; private set; } = new(watermark?.HighestEnqueuedTime ?? DateTimeOffset.MinValue);

    /// <summary>Sequence numbers that were skipped since the last message received.</summary>
    public long SequenceGap { get; private set; }

    /// <summary>Places the records of the next message, in the partition's order.</summary>
    /// <param name="message">The message.</param>
    /// <param name="records">The number of its records, at least 1.</param>
    public PlacedMessage Next(TelemetryMessage message, int records)
    {
        var epoch = _last?.Epoch ?? 0;
        if (_last is { } before)
        {
            if (_previous is { } old && IsLeftOver(message, records, before, old))
                return Placed(old.Position.Epoch, message, new Position(old.Position.Epoch, message.SequenceNumber, records));

            // The broker's clock may step back a little. A lower sequence number begins a new epoch only if its enqueued time is later.
            if (message.SequenceNumber <= before.SequenceNumber && message.EnqueuedTime > Clock.Now)
            {
                _previous = new EpochEnd(before, Clock.Now);
                epoch++;
            }
            else if (message.SequenceNumber > before.SequenceNumber + 1)
            {
                SequenceGap += message.SequenceNumber - before.SequenceNumber - 1;
            }
        }

        Clock = Clock.After(message.EnqueuedTime);
        var placed = Placed(epoch, message, _last);
        var end = new Position(epoch, message.SequenceNumber, records - 1);
        if (_last is null || end > _last) _last = end;
        return placed;
    }

    private PlacedMessage Placed(int epoch, TelemetryMessage message, Position? committed) =>
        new(epoch, message, Clock, committed, _previous);

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

/// <summary>Where a message stands.</summary>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Message">The message.</param>
/// <param name="Clock">The partition clock at the message.</param>
/// <param name="Committed">Records at or below this position are replays.</param>
/// <param name="PreviousEpoch">The last position of the epoch before.</param>
public readonly record struct PlacedMessage(
    int Epoch, TelemetryMessage Message, PartitionClock Clock, Position? Committed, EpochEnd? PreviousEpoch)
{
    /// <summary>The place of one of its records.</summary>
    /// <param name="index">The record's index in the message.</param>
    public Place Of(int index)
    {
        var position = new Position(Epoch, Message.SequenceNumber, index);
        return new Place(position, Clock, position <= Committed, PreviousEpoch, Clock.Now - Message.EnqueuedTime);
    }
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
