using System.Globalization;
using System.Text.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// PowerShell's <c>Get-WinEvent | ConvertTo-Json</c>: the values by position under <c>Properties</c>, typed; or, where the depth cut them
/// off, only in the message. <c>ProcessId</c> and <c>UserId</c> are the log service's.
/// </summary>
internal sealed class GetWinEventReader : IRecordReader
{
    private const string Epoch = "/Date(";

    /// <summary>Places of the two logons and the two processes in event 4688.</summary>
    private static readonly int[] Ids = [3, 4, 7, 12];

    public static bool Matches(JsonElement record) =>
        record.Has("MachineName"u8) && record.Has("ProviderName"u8) && record.Has("Id"u8) && record.Has("TimeCreated"u8);

    public RecordOutcome Read(JsonElement record)
    {
        using var made = RenamedFields.Made(json => WriteTime(json, record.Get("TimeCreated"u8)));
        var e = new WindowsEvent(SourceFormats.GetWinEvent, record, default)
        {
            EventId = ProcessIds.Of(record.Get("Id"u8)),
            Provider = record.Text("ProviderName"u8),
            Channel = record.Text("LogName"u8),
            Computer = record.Text("MachineName"u8),
            RecordId = record.Text("RecordId"u8),
            Time = made.RootElement.Get("Time"u8),
            Message = record.Get("Message"u8).AsText(),
        };
        if (!e.IsProcessCreation) return e.Read();
        if (Properties(record) is not { ValueKind: JsonValueKind.Array } properties || !HasValues(properties))
            return RenderedMessage.Read(e);

        using var values = RenamedFields.Made(json => WriteValues(json, properties, e.IsSysmon));
        using var named = PositionalFields.Named(values.RootElement.Get("Values"u8), e.IsSysmon);
        return named is null
            ? DeadRecord.Of(record, DeadLetterReasons.PositionsShifted, "Properties is of no known version of the event")
            : (e with { Data = named.RootElement }).Read();
    }

    /// <summary>An ISO text, <c>/Date(milliseconds)/</c>, or an object that has either as <c>value</c>.</summary>
    private static void WriteTime(Utf8JsonWriter json, JsonElement time)
    {
        var text = (time.ValueKind == JsonValueKind.Object ? time.Get("value"u8) : time).AsText();
        if (text?.StartsWith(Epoch, StringComparison.Ordinal) == true) text = text[Epoch.Length..].Split(')', '+')[0];
        if (text is not null) json.WriteString("Time", text);
    }

    /// <summary>Windows PowerShell can write a list as an object of <c>value</c> and <c>Count</c>.</summary>
    private static JsonElement Properties(JsonElement record)
    {
        var properties = record.Get("Properties"u8);
        return properties.ValueKind == JsonValueKind.Object ? properties.Get("value"u8) : properties;
    }

    private static bool HasValues(JsonElement properties) => properties.EnumerateArray().Any(p => p.Has("Value"u8));

    private static void WriteValues(Utf8JsonWriter json, JsonElement properties, bool isSysmon)
    {
        json.WriteStartArray("Values");
        foreach (var (index, property) in properties.EnumerateArray().Index())
        {
            var value = property.Get("Value"u8);

            // A security identifier is an object, its text once more under Value.
            if (value.ValueKind == JsonValueKind.Object) value = value.Get("Value"u8);
            json.WriteStringValue(isSysmon ? SysmonText(value) : SecurityText(index, value));
        }

        json.WriteEndArray();
    }

    /// <summary>PowerShell writes a GUID without the braces that the event has.</summary>
    private static string SysmonText(JsonElement value)
    {
        var text = Scalar.Text(value) ?? "";
        return text.Length == 36 && Guid.TryParseExact(text, "D", out _) ? $"{{{text}}}" : text;
    }

    /// <summary>Process and logon ids are hexadecimal in the event and decimal here.</summary>
    private static string SecurityText(int index, JsonElement value)
    {
        var text = Scalar.Text(value) ?? "";
        return Ids.Contains(index)
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number <= ulong.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"0x{(ulong)number:x}")
            : text;
    }
}
