using System.Text;
using System.Text.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Wazuh's archives and alerts of the Windows event channel: <c>data.win.system</c> and <c>data.win.eventdata</c>, whose names begin with
/// a small letter. An alert holds the event that caused it, so it is read like an archived event. <c>agent.name</c> is a label of Wazuh.
/// </summary>
internal sealed class WazuhReader : IRecordReader
{
    /// <summary>Whether the record is such an event; a decoder's input (<c>full_log</c>) begins at <c>win</c>.</summary>
    public static bool Matches(JsonElement record) => Win(record).HasObject("system"u8);

    public RecordOutcome Read(JsonElement record)
    {
        var system = Win(record).Get("system"u8);
        var data = Win(record).Get("eventdata"u8);
        var isEscaped = data.ValueKind == JsonValueKind.Object && data.EnumerateObject().Any(p => IsEscaped(p.Value.AsText()));
        using var named = RenamedFields.Made(json => WriteData(json, data, isEscaped));
        return new WindowsEvent(SourceFormats.Wazuh, record, named.RootElement)
        {
            EventId = ProcessIds.Of(system.Get("eventID"u8)),
            Provider = system.Text("providerName"u8),
            Channel = system.Text("channel"u8),
            Computer = system.Text("computer"u8),
            RecordId = system.Text("eventRecordID"u8),
            Time = system.Get("systemTime"u8),
        }.Read();
    }

    private static JsonElement Win(JsonElement record) =>
        record.HasObject("win"u8) ? record.Get("win"u8) : record.Get("data"u8).Get("win"u8);

    /// <summary>Wazuh escapes the texts of an event once more than JSON does: a path then has two backslashes where it has one.</summary>
    private static bool IsEscaped(string? path) => path is [_, ':', '\\', '\\', ..];

    private static void WriteData(Utf8JsonWriter json, JsonElement data, bool isEscaped)
    {
        if (data.ValueKind != JsonValueKind.Object) return;
        foreach (var property in data.EnumerateObject())
        {
            var name = property.Name.Length == 0 ? "" : char.ToUpperInvariant(property.Name[0]) + property.Name[1..];
            if (isEscaped && property.Value.ValueKind == JsonValueKind.String)
                json.WriteString(name, Unescaped(property.Value.GetString()!));
            else RenamedFields.Write(json, name, property.Value);
        }
    }

    private static string Unescaped(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '\\' or '"') i++;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }
}
