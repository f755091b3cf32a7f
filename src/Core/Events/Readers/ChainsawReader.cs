using System.Text.Json;

namespace Changeling.Events.Readers;

/// <summary>
/// Chainsaw's hunting results: the event, as evtx_dump writes it, under <c>document.data</c>. One event that several rules match is
/// written several times, with one identity.
/// </summary>
internal sealed class ChainsawReader : IRecordReader
{
    public static bool Matches(JsonElement record) => Event(record).HasObject("System"u8);

    public RecordOutcome Read(JsonElement record) => WinEventJsonReader.Event(SourceFormats.Chainsaw, record, Event(record)).Read();

    private static JsonElement Event(JsonElement record) => record.Get("document"u8).Get("data"u8).Get("Event"u8);
}
