using Changeling.Events;

namespace Changeling.Storing;

/// <summary>A detection in the outbox: decided once, by the commit that succeeds, and always sent as these bytes.</summary>
/// <param name="Position">The position of the event that it is about.</param>
/// <param name="RuleId">
/// The rule that leads. It is a part of the row's key, because before schema 2 each rule on a launch had a row of its own. Such rows are
/// still read and sent.
/// </param>
/// <param name="Body">UTF-8 JSON, at most <see cref="MaxBytes"/>.</param>
public sealed record StoredDetection(Position Position, string RuleId, ReadOnlyMemory<byte> Body)
{
    /// <summary>Enqueued time of the event's message, UTC: the age by which the row is swept. Rows without this time are kept.</summary>
    public DateTimeOffset? EnqueuedTime { get; init; }

    /// <summary>
    /// Whether exceptions suppressed all its rules: it is kept for people to look at and never emitted, also not when its batch comes
    /// again.
    /// </summary>
    public bool IsSuppressed { get; init; }

    /// <summary>Maximum size of the body in bytes. Log Analytics and a Table property accept at most 64 KB.</summary>
    public const int MaxBytes = 60 * 1024;
}
