using System.Buffers;
using System.Text.Json;

namespace Changeling.Events.Peeling;

/// <summary>
/// The answer of a query to Log Analytics or Data Explorer: <c>tables</c> with <c>columns</c> and <c>rows</c>, where a row is a list of
/// values.
/// </summary>
internal static class QueryTables
{
    /// <summary>Whether the value is such an answer.</summary>
    public static bool IsAnswer(JsonElement value) => Tables(value).ValueKind == JsonValueKind.Array;

    /// <summary>Each row as an object. A table or row of another shape is given as it is, so that it is not lost.</summary>
    public static IEnumerable<JsonElement> Rows(JsonElement answer) => Tables(answer).EnumerateArray().SelectMany(RowsOf);

    private static JsonElement Tables(JsonElement value) => Either(value, "tables"u8, "Tables"u8);

    private static IEnumerable<JsonElement> RowsOf(JsonElement table)
    {
        var (columns, rows) = (Either(table, "columns"u8, "Columns"u8), Either(table, "rows"u8, "Rows"u8));
        if (columns.ValueKind != JsonValueKind.Array || rows.ValueKind != JsonValueKind.Array) return [table];
        List<string> names = [.. columns.EnumerateArray().Select(c => Either(c, "name"u8, "ColumnName"u8).AsText() ?? "")];
        return rows.EnumerateArray().Select(row => row.ValueKind == JsonValueKind.Array ? Object(names, row) : row);
    }

    private static JsonElement Object(IReadOnlyList<string> names, JsonElement row)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in names.Zip(row.EnumerateArray()))
            {
                if (name.Length == 0 || value.ValueKind == JsonValueKind.Null) continue;
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(json.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static JsonElement Either(JsonElement value, ReadOnlySpan<byte> name, ReadOnlySpan<byte> other) =>
        value.Get(name) is { ValueKind: not JsonValueKind.Undefined } found ? found : value.Get(other);
}
