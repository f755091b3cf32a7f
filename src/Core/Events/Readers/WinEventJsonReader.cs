using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>JSON made from event XML, by somebody else or by us: <c>System</c> and <c>EventData</c>, nested or with dotted keys.</summary>
/// <param name="format"><see cref="SourceFormats.WinEventJson"/> or <see cref="SourceFormats.WinEventXml"/>.</param>
internal sealed class WinEventJsonReader(string format) : IRecordReader
{
    private static readonly Places Nested = new([], []);
    private static readonly Places Dotted = new([.. "System."u8], [.. "EventData."u8]);
    private static readonly Places AllDotted = new([.. "Event.System."u8], [.. "Event.EventData."u8]);

    public RecordOutcome Read(JsonValue record) =>
        record.Field("Event.System.EventID"u8).ValueKind != JsonValueKind.Undefined && !record.HasObject("System"u8)
            ? Event(format, record, record.Get("Event"u8), AllDotted).Read()
            : Event(format, record, record.HasObject("System"u8) ? record : record.Get("Event"u8)).Read();

    /// <summary>The event under <paramref name="root"/>, with its system fields.</summary>
    public static WindowsEvent Event(string format, JsonValue record, JsonValue root) => Event(format, record, root, Dotted);

    private static WindowsEvent Event(string format, JsonValue record, JsonValue root, Places places)
    {
        var system = root.Get("System"u8);
        if (system.ValueKind == JsonValueKind.Object) places = Nested;
        else system = record;
        var prefix = places.System;
        return new WindowsEvent(format, record, root.Get("EventData"u8))
        {
            EventId = WholeNumbers.Of(system.Field(prefix, "EventID"u8)),
            Provider = KnownText.Of(Attribute(system, prefix, "Provider"u8, "Name"u8).AsText()),
            ProviderGuid = KnownText.Of(Attribute(system, prefix, "Provider"u8, "Guid"u8).AsText()),
            Channel = system.FieldText(prefix, "Channel"u8),
            Computer = system.FieldText(prefix, "Computer"u8) ?? HostNames.Of(system),
            RecordId = system.FieldText(prefix, "EventRecordID"u8),
            Time = Attribute(system, prefix, "TimeCreated"u8, "SystemTime"u8),
            DataPrefix = places.Data,
            IsCut = root.Get("Cut"u8).ValueKind == JsonValueKind.True,
        };
    }

    private static JsonValue Attribute(JsonValue system, byte[] prefix, ReadOnlySpan<byte> element, ReadOnlySpan<byte> name) =>
        XmlAttributes.Of(system, [.. prefix, .. element], name);

    /// <summary>What stands before the names of fields where they are dotted keys of the record.</summary>
    private sealed record Places(byte[] System, byte[] Data);
}
