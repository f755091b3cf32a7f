using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using nietras.SeparatedValues;

namespace Changeling.RecordedFiles.Tables;

/// <summary>
/// Reads rows that a portal exported as CSV: each becomes the JSON object that the table's own export would be. All values are texts, since
/// a number in a cell is not marked as one. A row that a search wrote around an event (<c>_raw</c>) becomes that event.
/// </summary>
/// <param name="source">CSV in UTF-8, or in UTF-16 with a byte order mark.</param>
internal sealed class TableReader(Stream source)
{
    private const string RawColumn = "_raw";

    private readonly ArrayBufferWriter<byte> _json = new();

    /// <summary>The rows in order, by the line at which they start.</summary>
    public IEnumerable<RecordedMessage> Rows()
    {
        using var text = new StreamReader(source, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var header = text.ReadLine() ?? "";
        var separator = TableHeader.Separator(header);
        using var columns = Reader(separator, new StringReader(header));
        if (!columns.MoveNext()) yield break;
        var table = Columns(columns.Current);
        using var rows = Reader(separator, text);
        var line = 2;
        while (true)
        {
            RecordedMessage? message;
            var isLast = false;
            try
            {
                if (!rows.MoveNext()) yield break;
                message = Row(rows.Current, table, ref line);
            }
            catch (Exception exception) when (exception is NotSupportedException or InvalidDataException)
            {
                // A quote that is never closed makes the rest one row.
                message = RecordedMessage.Unreadable(line, "a row has no end: a quotation mark is missing");
                isLast = true;
            }

            if (message is not null) yield return message;
            if (isLast) yield break;
        }
    }

    private static SepReader Reader(char separator, TextReader text) => Sep.New(separator).Reader(
        options => options with { HasHeader = false, Unescape = true, DisableColCountCheck = true, CultureInfo = null }).From(text);

    private static TableColumn[] Columns(SepReader.Row header)
    {
        var columns = new TableColumn[header.ColCount];
        for (var i = 0; i < columns.Length; i++) columns[i] = TableColumn.Of(header[i].ToString().Trim());
        return columns;
    }

    private RecordedMessage? Row(SepReader.Row row, TableColumn[] table, ref int line)
    {
        var start = line++;
        for (var i = 0; i < row.ColCount; i++) line += row[i].Span.Count('\n');
        if (row.ColCount == 1 && row[0].Span.Trim().IsEmpty) return null;
        if (row.ColCount > table.Length)
        {
            return RecordedMessage.Unreadable(
                start,
                string.Create(CultureInfo.InvariantCulture, $"a row has {row.ColCount} cells, and the header {table.Length}"));
        }

        _json.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_json))
        {
            json.WriteStartObject();
            for (var i = 0; i < row.ColCount; i++)
            {
                var cell = row[i].Span;
                if (table[i].Name == RawColumn && IsEvent(cell)) return new RecordedMessage(start, Utf8(cell));
                if (cell.IsEmpty) json.WriteNull(table[i].Name);
                else json.WriteString(table[i].Name, table[i].Value(cell.ToString()));
            }

            for (var i = row.ColCount; i < table.Length; i++) json.WriteNull(table[i].Name);
            json.WriteEndObject();
        }

        return new RecordedMessage(start, _json.WrittenSpan.ToArray());
    }

    private static bool IsEvent(ReadOnlySpan<char> cell) =>
        cell.TrimStart() is var text && (text.StartsWith("<Event", StringComparison.Ordinal) || text.StartsWith('{'));

    private static byte[] Utf8(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}
