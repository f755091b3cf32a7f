using System.Collections.Frozen;
using System.Text.Json;
using Changeling.Events.Json;

namespace Changeling.Events;

/// <summary>
/// Where a record that is no event itself has one: shippers, pipelines and stores keep the original in a text or an object of these names.
/// </summary>
internal static class InnerEvents
{
    private const int LongestName = 20;

    /// <summary>Maximum number of places that are looked at in one record.</summary>
    private const int MaxPlaces = 8;

    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
        [
            "message", "Message", "MESSAGE", "msg", "data", "Data", "_raw", "raw", "Raw", "raw_data", "RawData", "RawEventData", "rawEvent",
            "raw_event", "original", "event_original", "log.original", "event.original", "_source", "source", "body", "Body", "payload",
            "Payload", "full_message", "properties", "Event", "EventData", "EventXml", "event_xml", "xml", "Xml", "log", "event", "record",
            "document", "doc", "line", "text", "value", "winlog.xml", "fields", "Results", "results",
            "Records", "rows", "events", "items",
        ],
        StringComparer.Ordinal);

    /// <summary>Objects that are no events, but may hold the original of one.</summary>
    private static readonly FrozenSet<string> Holders = FrozenSet.ToFrozenSet(["event", "log", "fields"], StringComparer.Ordinal);

    /// <summary>Whether a value of this name may be of use when its end is missing: a command line, or what may hold an event.</summary>
    public static bool IsOfUseWhenCut(string name) =>
        Names.Contains(name)
        || name.Contains("command", StringComparison.OrdinalIgnoreCase)
        || name.Contains("cmd", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The texts and objects, in the order of the record, each with whether what is inside it was given before it.
    /// </summary>
    public static IEnumerable<(JsonValue Place, bool IsSearched)> Of(JsonValue record) =>
        Places(record, isNested: false).Take(MaxPlaces);

    private static IEnumerable<(JsonValue Place, bool IsSearched)> Places(JsonValue record, bool isNested)
    {
        if (record.ValueKind != JsonValueKind.Object) yield break;
        foreach (var property in record.Children)
        {
            if (property.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Object or JsonValueKind.Array)) continue;
            if (property.Name.Length > LongestName || !(Names.Contains(property.Name) || Holders.Contains(property.Name))) continue;
            var isHolder = property.Value.ValueKind == JsonValueKind.Object && Holders.Contains(property.Name) && !isNested;
            if (isHolder)
            {
                foreach (var place in Places(property.Value, isNested: true)) yield return place;
            }

            if (Names.Contains(property.Name)) yield return (property.Value, isHolder);
        }
    }
}
