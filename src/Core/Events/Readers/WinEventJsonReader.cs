using System.Text.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>JSON made from event XML, by somebody else or by us: <c>System</c> and <c>EventData</c>, nested or with dotted keys.</summary>
/// <param name="format"><see cref="SourceFormats.WinEventJson"/> or <see cref="SourceFormats.WinEventXml"/>.</param>
internal sealed class WinEventJsonReader(string format) : IRecordReader
{
    public RecordOutcome Read(JsonElement record) =>
        record.Field("Event.System.EventID").ValueKind != JsonValueKind.Undefined && !record.HasObject("System"u8)
            ? Event(format, record, record.Get("Event"u8), "Event.").Read()
            : Event(format, record, record.HasObject("System"u8) ? record : record.Get("Event"u8)).Read();

    /// <summary>The event under <paramref name="root"/>, with its system fields.</summary>
    public static WindowsEvent Event(string format, JsonElement record, JsonElement root) => Event(format, record, root, "");

    private static WindowsEvent Event(string format, JsonElement record, JsonElement root, string prefix)
    {
        var system = root.Get("System"u8);
        if (system.ValueKind != JsonValueKind.Object) (system, prefix) = (record, prefix + "System.");
        else prefix = "";
        return new WindowsEvent(format, record, root.Get("EventData"u8))
        {
            EventId = WholeNumbers.Of(system.Field(prefix + "EventID")),
            Provider = KnownText.Of(XmlAttributes.Of(system, prefix + "Provider", "Name").AsText()),
            ProviderGuid = KnownText.Of(XmlAttributes.Of(system, prefix + "Provider", "Guid").AsText()),
            Channel = system.FieldText(prefix + "Channel"),
            Computer = system.FieldText(prefix + "Computer") ?? HostNames.Of(system),
            RecordId = system.FieldText(prefix + "EventRecordID"),
            Time = XmlAttributes.Of(system, prefix + "TimeCreated", "SystemTime"),
            DataPrefix = prefix.Length == 0 ? "" : prefix.Replace("System.", "EventData.", StringComparison.Ordinal),
            IsCut = root.Get("Cut"u8).ValueKind == JsonValueKind.True,
        };
    }
}
