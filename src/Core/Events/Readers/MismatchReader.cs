using Changeling.Events.Json;

namespace Changeling.Events.Readers;

/// <summary>Refuses records of any other format than the one that the operator has named for the hub.</summary>
/// <param name="pinned">The format that every record should have.</param>
/// <param name="actual">The format that this one has; <see langword="null"/> when none is recognised.</param>
internal sealed class MismatchReader(string pinned, string? actual) : IRecordReader
{
    public RecordOutcome Read(JsonValue record) => DeadRecord.Of(
        record, DeadLetterReasons.FormatMismatch, $"the hub is set to {pinned}, the record is {actual ?? "of no known format"}");
}
