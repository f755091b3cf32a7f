using System.Text.Json;
using Changeling.Events.Json;

namespace Changeling.Events.Peeling;

/// <summary>The records inside one JSON value: the value itself, or what an envelope holds.</summary>
internal static class RecordElements
{
    /// <summary>
    /// Opens an array, or an envelope: an object with a <c>records</c> array, the answer to a query, or the hits of a search. Answers are
    /// <c>Results</c> beside <c>Schema</c> or <c>Stats</c>, <c>value</c> beside <c>@odata.context</c>, and tables of columns and rows. The
    /// elements of an array may be envelopes themselves and are opened once more. Deeper levels are not opened. An envelope of
    /// OpenTelemetry is opened wherever one record may stand.
    /// </summary>
    public static IEnumerable<JsonValue> Of(JsonValue value) =>
        value.ValueKind == JsonValueKind.Array ? value.Children.Values.SelectMany(Opened) : Opened(value);

    /// <summary>Whether the value is one record, as most messages are.</summary>
    public static bool IsRecord(JsonValue value) =>
        value.ValueKind == JsonValueKind.Object
        && !QueryTables.IsAnswer(value)
        && !OtlpLogs.IsEnvelope(value)
        && Records(value).ValueKind != JsonValueKind.Array;

    private static IEnumerable<JsonValue> Opened(JsonValue value)
    {
        if (QueryTables.IsAnswer(value)) return QueryTables.Rows(value);
        var records = Records(value);
        return records.ValueKind == JsonValueKind.Array ? records.Children.Values.SelectMany(OtlpLogs.Opened) : OtlpLogs.Opened(value);
    }

    private static JsonValue Records(JsonValue value)
    {
        if (value.Get("records"u8) is { ValueKind: JsonValueKind.Array } records) return records;
        if (value.Get("hits"u8).Get("hits"u8) is { ValueKind: JsonValueKind.Array } hits) return hits;
        if (IsAnswer(value))
        {
            if (value.Get("Results"u8) is { ValueKind: JsonValueKind.Array } results) return results;
            if (value.Get("results"u8) is { ValueKind: JsonValueKind.Array } graph) return graph;
        }

        return value.Has("@odata.context"u8) ? value.Get("value"u8) : default;
    }

    private static bool IsAnswer(JsonValue value) =>
        value.Has("Schema"u8) || value.Has("schema"u8) || value.Has("Stats"u8) || value.Has("stats"u8) || value.Has("@odata.context"u8);
}
