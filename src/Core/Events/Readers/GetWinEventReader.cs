using System.Globalization;
using System.Text.Json;
using Changeling.Events.Json;
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

    public static bool Matches(JsonValue record) =>
        record.Has("MachineName"u8) && record.Has("ProviderName"u8) && record.Has("Id"u8) && record.Has("TimeCreated"u8);

    public RecordOutcome Read(JsonValue record)
    {
        using var made = JsonMaker.Object(json => AddTime(json, record.Get("TimeCreated"u8)));
        var e = new WindowsEvent(SourceFormats.GetWinEvent, record, default)
        {
            EventId = ProcessIds.Of(record.Get("Id"u8)),
            Provider = record.Text("ProviderName"u8),
            Channel = record.Text("LogName"u8),
            Computer = record.Text("MachineName"u8),
            RecordId = record.Text("RecordId"u8),
            Time = made.Root.Get("Time"u8),
            Message = record.Get("Message"u8),
        };
        if (!e.IsProcessCreation) return e.Read();
        if (Properties(record) is not { ValueKind: JsonValueKind.Array } properties || !HasValues(properties))
            return RenderedMessage.Read(e);

        using var values = JsonMaker.Object(json => AddValues(json, properties, e.IsSysmon));
        using var named = PositionalFields.Named(values.Root.Get("Values"u8), e.IsSysmon);
        return named is null
            ? DeadRecord.Of(record, DeadLetterReasons.PositionsShifted, "Properties is of no known version of the event")
            : (e with { Data = named.Root }).Read();
    }

    /// <summary>An ISO text, <c>/Date(milliseconds)/</c>, or an object that has either as <c>value</c>.</summary>
    private static void AddTime(JsonMaker json, JsonValue time)
    {
        var text = (time.ValueKind == JsonValueKind.Object ? time.Get("value"u8) : time).AsText();
        if (text?.StartsWith(Epoch, StringComparison.Ordinal) == true) text = text[Epoch.Length..].Split(')', '+')[0];
        if (text is not null) json.Add("Time", text);
    }

    /// <summary>Windows PowerShell can write a list as an object of <c>value</c> and <c>Count</c>.</summary>
    private static JsonValue Properties(JsonValue record)
    {
        var properties = record.Get("Properties"u8);
        return properties.ValueKind == JsonValueKind.Object ? properties.Get("value"u8) : properties;
    }

    private static bool HasValues(JsonValue properties) => properties.Children.Values.Any(p => p.Has("Value"u8));

    private static void AddValues(JsonMaker json, JsonValue properties, bool isSysmon)
    {
        json.BeginArray("Values");
        foreach (var (index, property) in properties.Children.Values.Index())
        {
            var value = property.Get("Value"u8);

            // A security identifier is an object, its text once more under Value.
            if (value.ValueKind == JsonValueKind.Object) value = value.Get("Value"u8);
            json.Add("", isSysmon ? SysmonText(value) : SecurityText(index, value));
        }

        json.End();
    }

    /// <summary>PowerShell writes a GUID without the braces that the event has.</summary>
    private static string SysmonText(JsonValue value)
    {
        var text = Scalar.Text(value) ?? "";
        return text.Length == 36 && Guid.TryParseExact(text, "D", out _) ? $"{{{text}}}" : text;
    }

    /// <summary>Process and logon ids are hexadecimal in the event and decimal here.</summary>
    private static string SecurityText(int index, JsonValue value)
    {
        var text = Scalar.Text(value) ?? "";
        return Ids.Contains(index)
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number <= ulong.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"0x{(ulong)number:x}")
            : text;
    }
}
