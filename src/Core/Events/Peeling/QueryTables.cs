using System.Buffers;
using System.Text.Json;
using Changeling.Events.Json;

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

    /// <summary>Deeper nesting is never read.</summary>
    private const int MaxDepth = 64;

    /// <summary>Whether the value is such an answer.</summary>
    public static bool IsAnswer(JsonValue value) => Tables(value).ValueKind == JsonValueKind.Array;

    /// <summary>
    /// Each row as an object. A table or row of another shape, and a row beyond the allowed growth, is given as it is, so that it is not
    /// lost.
    /// </summary>
    public static IEnumerable<JsonValue> Rows(JsonValue answer)
    {
        var room = MaxGrowth * (long)Size(answer);
        foreach (var table in Tables(answer).Children.Values)
        {
            var (columns, rows) = (Either(table, "columns"u8, "Columns"u8), Either(table, "rows"u8, "Rows"u8));
            if (columns.ValueKind != JsonValueKind.Array || rows.ValueKind != JsonValueKind.Array)
            {
                yield return table;
                continue;
            }

            string[] names = [.. columns.Children.Values.Select(c => Either(c, "name"u8, "ColumnName"u8).AsText() ?? "")];
            foreach (var row in rows.Children.Values)
            {
                var record = row.ValueKind == JsonValueKind.Array && room >= 0 ? Object(names, row) : row;
                room -= Size(record);
                yield return record;
            }
        }
    }

    private static JsonValue Tables(JsonValue value) => Either(value, "tables"u8, "Tables"u8);

    private static JsonValue Object(string[] names, JsonValue row)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in names.Zip(row.Children.Values))
            {
                if (name.Length == 0 || IsEmpty(value)) continue;
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        // It is not disposed of, because the record is read later.
        return JsonText.TryParse(json.WrittenMemory, MaxDepth)!.Root;
    }

    private static bool IsEmpty(JsonValue value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.IsText(""u8));

    private static int Size(JsonValue element) => element.Raw.Length;

    private static JsonValue Either(JsonValue value, ReadOnlySpan<byte> name, ReadOnlySpan<byte> other) =>
        value.Get(name) is { ValueKind: not JsonValueKind.Undefined } found ? found : value.Get(other);
}
