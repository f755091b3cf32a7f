using System.Text.Json;

namespace Changeling.Events.Readers;

/// <summary>Keeps the records of a format that is known by sight only as dead letters, so that a later reader can be given them.</summary>
internal sealed class NotYetReader(string format) : IRecordReader
{
    public RecordOutcome Read(JsonElement record) =>
        DeadRecord.Of(record, DeadLetterReasons.UnknownFormat, $"recognised as {format}, which is not read yet");
}
