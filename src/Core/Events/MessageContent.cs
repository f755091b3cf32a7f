namespace Changeling.Events;

/// <summary>What the body of one message says.</summary>
/// <param name="Outcomes">At least one; an outcome's place is the record's index in the message.</param>
/// <param name="Size">Number of bytes after decompression.</param>
public sealed record MessageContent(IReadOnlyList<RecordOutcome> Outcomes, long Size)
{
    /// <summary>The process events, in order.</summary>
    public IEnumerable<ProcessEvent> Events => Outcomes.OfType<RecordOutcome.Read>().Select(r => r.Event);
}
