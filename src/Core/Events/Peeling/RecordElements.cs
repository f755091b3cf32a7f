using System.Text.Json;

namespace Changeling.Events.Peeling;

/// <summary>The records inside one JSON value: the value itself, or what an envelope holds.</summary>
internal static class RecordElements
{
    /// <summary>
    /// Opens an array, or an object with a <c>records</c> array. The elements of an array may be such objects themselves
    /// and are opened once more. Deeper levels are not opened. An envelope of OpenTelemetry is opened wherever one record may stand.
    /// </summary>
    public static IEnumerable<JsonElement> Of(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Opened) : Opened(value);

    private static IEnumerable<JsonElement> Opened(JsonElement value)
    {
        var records = value.Get("records"u8);
        return records.ValueKind == JsonValueKind.Array ? records.EnumerateArray().SelectMany(OtlpLogs.Opened) : OtlpLogs.Opened(value);
    }
}
