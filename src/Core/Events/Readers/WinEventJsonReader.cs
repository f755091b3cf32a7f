using System.Text.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// JSON made from event XML, by somebody else or by us. Converters differ in how they write an attribute: in an object under
/// <c>#attributes</c>, <c>@</c>, <c>_</c> or <c>$</c>, with one of these before its name, or plainly.
/// </summary>
/// <param name="format"><see cref="SourceFormats.WinEventJson"/> or <see cref="SourceFormats.WinEventXml"/>.</param>
internal sealed class WinEventJsonReader(string format) : IRecordReader
{
    public RecordOutcome Read(JsonElement record) =>
        Event(format, record, record.HasObject("System"u8) ? record : record.Get("Event"u8)).Read();

    /// <summary>The event under <paramref name="root"/>, with its system fields.</summary>
    public static WindowsEvent Event(string format, JsonElement record, JsonElement root)
    {
        var system = root.Get("System"u8);
        return new WindowsEvent(format, record, root.Get("EventData"u8))
        {
            EventId = ProcessIds.Of(Content(system.Get("EventID"u8))),
            Provider = KnownText.Of(Attribute(system, "Provider", "Name").AsText()),
            Channel = KnownText.Of(Content(system.Get("Channel"u8)).AsText()),
            Computer = KnownText.Of(Content(system.Get("Computer"u8)).AsText()),
            RecordId = KnownText.Of(Content(system.Get("EventRecordID"u8)).AsText()),
            Time = Attribute(system, "TimeCreated", "SystemTime"),
        };
    }

    /// <summary>evtx_dump and Chainsaw can write attributes beside the element, as <c>Provider_attributes</c>.</summary>
    private static JsonElement Attribute(JsonElement system, string element, string name) => Attribute(
        system.ValueKind == JsonValueKind.Object && system.TryGetProperty(element + "_attributes", out var beside) ? beside
        : system.ValueKind == JsonValueKind.Object && system.TryGetProperty(element, out var at) ? at : default,
        name);

    private static JsonElement Attribute(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object) return default;
        foreach (var marker in (ReadOnlySpan<string>)["#attributes", "@", "_", "$"])
        {
            if (element.TryGetProperty(marker, out var attributes)
                && attributes.ValueKind == JsonValueKind.Object
                && attributes.TryGetProperty(name, out var inObject)) return inObject;
            if (element.TryGetProperty(marker + name, out var prefixed)) return prefixed;
        }

        return element.TryGetProperty(name, out var plain) ? plain : default;
    }

    /// <summary>An element's text: the value itself, or in an object beside its attributes.</summary>
    private static JsonElement Content(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return element;
        foreach (var marker in (ReadOnlySpan<string>)["#text", "_", "$", "@"])
        {
            if (element.TryGetProperty(marker, out var text) && text.ValueKind is JsonValueKind.String or JsonValueKind.Number) return text;
        }

        return default;
    }
}
