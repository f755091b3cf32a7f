using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Peeling;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// EvtxECmd's JSON: system fields at the root, and the event's data as JSON in the text <c>Payload</c>. <c>ProcessId</c> and
/// <c>UserId</c> are the log service's; <c>PayloadData1</c> to <c>6</c> are for people.
/// </summary>
internal sealed class EvtxEcmdReader : IRecordReader
{
    private const int PayloadDepth = 16;

    public static bool Matches(JsonValue record) => record.HasText("Payload"u8) && record.Has("EventId"u8) && record.Has("Provider"u8);

    public RecordOutcome Read(JsonValue record)
    {
        var e = new WindowsEvent(SourceFormats.EvtxEcmd, record, default)
        {
            EventId = ProcessIds.Of(record.Get("EventId"u8)),
            Provider = record.Text("Provider"u8),
            Channel = record.Text("Channel"u8),
            Computer = record.Text("Computer"u8),
            RecordId = record.Text("EventRecordId"u8),
            Time = record.Get("TimeCreated"u8),
        };
        if (!e.IsProcessCreation) return e.Read();

        using var payload = JsonText.TryParse(JsonText.Inside(record.Get("Payload"u8)), PayloadDepth);
        if (payload is null) return DeadRecord.Of(record, DeadLetterReasons.NotJson, "the JSON in Payload");
        var list = payload.Root.Get("EventData"u8).Get("Data"u8);
        using var named = JsonMaker.Object(json => AddData(json, list));
        return (e with { Data = named.Root }).Read();
    }

    private static void AddData(JsonMaker json, JsonValue list)
    {
        if (list.ValueKind != JsonValueKind.Array) return;
        foreach (var entry in list.Children.Values)
        {
            if (entry.Get("@Name"u8).AsText() is { } name) RenamedFields.Add(json, name, entry.Get("#text"u8));
        }
    }
}
