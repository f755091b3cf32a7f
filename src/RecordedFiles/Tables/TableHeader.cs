using System.Text;
using System.Text.RegularExpressions;

namespace Changeling.RecordedFiles.Tables;

/// <summary>The header row of an exported table: the separator and the columns.</summary>
internal static partial class TableHeader
{
    /// <summary>Columns of which an export of telemetry has at least one.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "TimeGenerated", "Timestamp", "ActionType", "EventID", "EventId", "DeviceName", "Computer", "_raw", "_time", "@timestamp",
    };

    /// <summary>Whether content begins with the header row of a table.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="name">The file's name: a file that is named <c>.csv</c> needs no column that is known.</param>
    public static bool IsTable(ReadOnlySpan<byte> head, string name)
    {
        var line = FirstLine(head);
        var columns = Columns(line);
        return columns.Count > 1
            && columns.All(IsColumn)
            && (IsNamedTable(name) || columns.Exists(c => Known.Contains(TableColumn.Of(c).Name)));
    }

    /// <summary>The character between the columns of a header row.</summary>
    public static char Separator(string line)
    {
        ReadOnlySpan<char> separators = [',', ';', '\t'];
        var (best, most) = (',', 0);
        foreach (var separator in separators)
        {
            if (line.AsSpan().Count(separator) is var count && count > most) (best, most) = (separator, count);
        }

        return best;
    }

    private static List<string> Columns(string line) =>
        [.. line.Split(Separator(line)).Select(column => column.Trim().Trim('"').Trim())];

    private static bool IsColumn(string text) => ColumnName().IsMatch(text);

    private static bool IsNamedTable(string name) =>
        name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase);

    private static string FirstLine(ReadOnlySpan<byte> head)
    {
        var encoding = head switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => Encoding.UTF8,
        };
        var text = encoding.GetString(head).TrimStart('\uFEFF');
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }

    /// <summary>A name with letters, digits, blanks and dots, and what a portal adds: <c>TimeGenerated [UTC]</c>.</summary>
    [GeneratedRegex(@"^[\p{L}_@#$][\p{L}\p{Nd}_@#$. \-{}/]*( \[[^\[\]]{1,60}\])?$")]
    private static partial Regex ColumnName();
}
