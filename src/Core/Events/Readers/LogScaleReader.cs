using Changeling.Events.Json;

namespace Changeling.Events.Readers;

/// <summary>
/// CrowdStrike's events as LogScale exports them: Falcon Data Replicator's fields, of which LogScale marks its tags with <c>#</c> and its
/// own fields with <c>@</c>.
/// </summary>
/// <param name="falcon">Reads the unmarked fields.</param>
internal sealed class LogScaleReader(IRecordReader falcon) : IRecordReader
{
    public static bool Matches(JsonValue record) => record.Has("#event_simpleName"u8);

    public RecordOutcome Read(JsonValue record)
    {
        using var plain = RenamedFields.Of(record, name => name is ['#', .. var tag] ? tag : name == "@timestamp" ? "timestamp" : name);
        var outcome = falcon.Read(plain.Root);
        return outcome is RecordOutcome.Unreadable unreadable
            ? DeadRecord.Of(record, unreadable.Reason, unreadable.Detail.Split(';')[0])
            : outcome;
    }
}
