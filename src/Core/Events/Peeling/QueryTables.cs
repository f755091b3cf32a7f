using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Changeling.Events.Peeling;

/// <summary>
/// The answer of a query to Log Analytics or Data Explorer: <c>tables</c> with <c>columns</c> and <c>rows</c>, where a row is a list of
/// values.
/// </summary>
internal static class QueryTables
{
    /// <summary>
    /// How many times larger than the answer its rows may become as objects. Names are written once for each row, and a long name must not
    /// multiply a message.
    /// </summary>
    private const int MaxGrowth = 8;

    /// <summary>Whether the value is such an answer.</summary>
    public static bool IsAnswer(JsonElement value) => Tables(value).ValueKind == JsonValueKind.Array;

    /// <summary>
    /// Each row as an object. A table or row of another shape, and a row beyond the allowed growth, is given as it is, so that it is not
    /// lost.
    /// </summary>
    public static IEnumerable<JsonElement> Rows(JsonElement answer)
    {
        var room = MaxGrowth * (long)Size(answer);
        foreach (var table in Tables(answer).EnumerateArray())
        {
            var (columns, rows) = (Either(table, "columns"u8, "Columns"u8), Either(table, "rows"u8, "Rows"u8));
            if (columns.ValueKind != JsonValueKind.Array || rows.ValueKind != JsonValueKind.Array)
            {
                yield return table;
                continue;
            }

            string[] names = [.. columns.EnumerateArray().Select(c => Either(c, "name"u8, "ColumnName"u8).AsText() ?? "")];
            foreach (var row in rows.EnumerateArray())
            {
                var record = row.ValueKind == JsonValueKind.Array && room >= 0 ? Object(names, row) : row;
                room -= Size(record);
                yield return record;
            }
        }
    }

    private static JsonElement Tables(JsonElement value) => Either(value, "tables"u8, "Tables"u8);

    private static JsonElement Object(string[] names, JsonElement row)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in names.Zip(row.EnumerateArray()))
            {
                if (name.Length == 0 || IsEmpty(value)) continue;
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(json.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.ValueEquals(""u8));

    private static int Size(JsonElement element) => JsonMarshal.GetRawUtf8Value(element).Length;

    private static JsonElement Either(JsonElement value, ReadOnlySpan<byte> name, ReadOnlySpan<byte> other) =>
        value.Get(name) is { ValueKind: not JsonValueKind.Undefined } found ? found : value.Get(other);
}
