using System.Text.Json;
using Changeling.Events.Json;

namespace Changeling.Events.Readers;

/// <summary>
/// Documents of Elastic that repeat an event or describe a state. What they repeat has its own document, and is counted there.
/// </summary>
internal static class RepeatedEvents
{
    /// <summary>The kind under which such a record is skipped; <see langword="null"/> for an event.</summary>
    public static string? KindOf(JsonValue record)
    {
        foreach (var kind in record.FieldTexts("event.kind"u8))
        {
            if (kind is "alert" or "signal") return "alert";
            if (kind is "state" or "metric" or "asset" or "enrichment") return "state";
        }

        return record.Field("kibana.alert.uuid"u8).ValueKind != JsonValueKind.Undefined
            || record.Field("kibana.alert.rule.uuid"u8).ValueKind != JsonValueKind.Undefined
            || record.Field("signal.rule.id"u8).ValueKind != JsonValueKind.Undefined
                ? "alert"
                : null;
    }
}
