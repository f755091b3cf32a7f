using System.Globalization;

namespace Changeling.RecordedFiles.Tables;

/// <summary>A column of an exported table.</summary>
/// <param name="Name">The column of the table, without what the export adds.</param>
/// <param name="Zone">The zone of its times, from the header: Log Analytics writes <c>TimeGenerated [UTC]</c>.</param>
internal readonly record struct TableColumn(string Name, string? Zone)
{
    /// <summary>How the portals write times, by Windows' and the browser's habits in the US.</summary>
    private static readonly string[] Layouts =
    [
        "M/d/yyyy, h:mm:ss.FFFFFFF tt", "M/d/yyyy h:mm:ss.FFFFFFF tt", "MMM d, yyyy h:mm:ss.FFFFFFF tt", "MMM d, yyyy, h:mm:ss.FFFFFFF tt",
        "MMM d, yyyy @ HH:mm:ss.FFFFFFF",
    ];

    /// <summary>Reads a header.</summary>
    public static TableColumn Of(string header)
    {
        var open = header.EndsWith(']') ? header.LastIndexOf(" [", StringComparison.Ordinal) : -1;
        return open > 0 ? new(header[..open], header[(open + 2)..^1]) : new(header, null);
    }

    /// <summary>
    /// A cell as the table holds it. A time in the way of the portals becomes ISO 8601: in the header's zone, else in UTC. Other text
    /// stays.
    /// </summary>
    public string Value(string cell)
    {
        if (Zone is null && !(cell.Length is > 16 and < 40 && cell[^1] is 'M' or 'm')) return cell;
        return DateTime.TryParseExact(cell, Layouts, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (time - Offset()).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture)
            : cell;
    }

    /// <summary><c>UTC</c>, <c>UTC+2</c>, <c>UTC-05:30</c>; a zone without a number is not known here.</summary>
    private TimeSpan Offset()
    {
        var text = Zone.AsSpan().Trim();
        if (!text.StartsWith("UTC", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("GMT", StringComparison.OrdinalIgnoreCase))
            return TimeSpan.Zero;
        text = text[3..].Trim();
        if (text.IsEmpty || text[0] is not ('+' or '-')) return TimeSpan.Zero;
        string[] layouts = [@"hh\:mm", @"h\:mm", "hhmm", "hh", "%h"];
        return TimeSpan.TryParseExact(text[1..], layouts, CultureInfo.InvariantCulture, out var offset)
            ? text[0] == '-' ? -offset : offset
            : TimeSpan.Zero;
    }
}
