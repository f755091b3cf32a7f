using System.Text;
using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Wazuh's archives and alerts of the Windows event channel: <c>data.win.system</c> and <c>data.win.eventdata</c>, whose names begin with
/// a small letter. An alert holds the event that caused it, so it is read like an archived event. <c>agent.name</c> is a label of Wazuh.
/// </summary>
internal sealed class WazuhReader : IRecordReader
{
    private const int LongestName = 64;

    /// <summary>Whether the record is such an event; a decoder's input (<c>full_log</c>) begins at <c>win</c>.</summary>
    public static bool Matches(JsonValue record) => Win(record).HasObject("system"u8);

    public RecordOutcome Read(JsonValue record)
    {
        var system = Win(record).Get("system"u8);
        var data = Win(record).Get("eventdata"u8);
        var isEscaped = data.ValueKind == JsonValueKind.Object && data.Children.Values.Any(IsEscaped);
        using var named = JsonMaker.Object(json => AddData(json, data, isEscaped));
        return new WindowsEvent(SourceFormats.Wazuh, record, named.Root)
        {
            EventId = ProcessIds.Of(system.Get("eventID"u8)),
            Provider = system.Text("providerName"u8),
            Channel = system.Text("channel"u8),
            Computer = system.Text("computer"u8),
            RecordId = system.Text("eventRecordID"u8),
            Time = system.Get("systemTime"u8),
        }.Read();
    }

    private static JsonValue Win(JsonValue record) =>
        record.HasObject("win"u8) ? record.Get("win"u8) : record.Get("data"u8).Get("win"u8);

    /// <summary>Wazuh escapes the texts of an event once more than JSON does: a path then has two backslashes where it has one.</summary>
    private static bool IsEscaped(JsonValue path) => MayBeOnDrive(Scalar.Of(path).Written) && path.AsText() is [_, ':', '\\', '\\', ..];

    /// <summary>Whether a colon, or an escape, is at one of the first two places.</summary>
    private static bool MayBeOnDrive(ReadOnlySpan<byte> written) =>
        written is [(byte)'\\' or > 0x7F, ..] or [_, (byte)':' or (byte)'\\', ..];

    private static void AddData(JsonMaker json, JsonValue data, bool isEscaped)
    {
        if (data.ValueKind != JsonValueKind.Object) return;
        foreach (var property in data.Children)
        {
            var name = Capitalised(property.Name);
            if (isEscaped && property.Value.ValueKind == JsonValueKind.String)
                json.Add(name, Unescaped(property.Value.GetString()));
            else RenamedFields.Add(json, name, property.Value);
        }
    }

    private static string Capitalised(string name)
    {
        if (name.Length is 0 or > LongestName) return name.Length == 0 ? "" : char.ToUpperInvariant(name[0]) + name[1..];
        Span<char> capitalised = stackalloc char[LongestName];
        name.CopyTo(capitalised);
        capitalised[0] = char.ToUpperInvariant(name[0]);
        return TextPool.Shared.Get(capitalised[..name.Length]);
    }

    private static string Unescaped(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '\\' or '"') i++;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }
}
