namespace Changeling.Backtest.Spreadsheets;

/// <summary>A text of an event as a cell.</summary>
public static class Cell
{
    private const char Guard = '\'';

    /// <summary>What spreadsheets read as the beginning of a formula, in half and full width, and what they skip before it.</summary>
    private static readonly char[] Calculated = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

    /// <summary>
    /// The text; with an apostrophe before it where a spreadsheet would calculate it. A text that begins with an apostrophe gets one more,
    /// so that the guard can be taken off again: the first apostrophe of a cell is never a part of the text.
    /// </summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var start = text.TrimStart(' ');
        return text[0] == Guard || (start.Length > 0 && Calculated.Contains(start[0])) ? Guard + text : text;
    }

    /// <summary>Several texts in one cell.</summary>
    public static string Of(IEnumerable<string> texts) => string.Join("; ", texts);
}
