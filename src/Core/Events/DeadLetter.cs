
namespace Changeling.Events;

/// <summary>A record that could not be read or committed, kept with its reason and place so that it can be sent again.</summary>
/// <param name="Position">Where the record stands in its event partition.</param>
/// <param name="EnqueuedTime">The message's enqueued time, UTC.</param>
/// <param name="Reason">One of <see cref="DeadLetterReasons"/>.</param>
/// <param name="Detail">For a person: what was wrong; never a value of the event.</param>
/// <param name="Body">The record's bytes, or the whole message's when it could not be peeled.</param>
public sealed record DeadLetter(
    Position Position, DateTimeOffset EnqueuedTime, string Reason, string Detail, DeadBody Body);
