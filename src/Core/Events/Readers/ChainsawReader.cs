using Changeling.Events.Json;

namespace Changeling.Events.Readers;

/// <summary>
/// Chainsaw's hunting results: the event, as evtx_dump writes it, under <c>document.data</c>. One event that several rules match is
/// written several times, with one identity.
/// </summary>
internal sealed class ChainsawReader : IRecordReader
{
    public static bool Matches(JsonValue record) => Event(record).HasObject("System"u8);

    public RecordOutcome Read(JsonValue record) => WinEventJsonReader.Event(SourceFormats.Chainsaw, record, Event(record)).Read();

    private static JsonValue Event(JsonValue record) => record.Get("document"u8).Get("data"u8).Get("Event"u8);
}
