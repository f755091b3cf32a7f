using Changeling.Events.Json;

namespace Changeling.Events.Readers;

/// <summary>Counts the rows of exported tables that hold no process creations.</summary>
internal sealed class OtherTableReader : IRecordReader
{
    public RecordOutcome Read(JsonValue record) =>
        new RecordOutcome.Skipped(SourceFormats.LogAnalyticsOther, record.Text("Type"u8) ?? "no name");
}
