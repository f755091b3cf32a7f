using System.Globalization;
using Changeling.Backtest.Spreadsheets;
using Changeling.Evaluation.Scores;

namespace Changeling.Cli.Scores;

/// <summary>The lines of <c>score</c> as a table for spreadsheets.</summary>
internal static class ScoreSpreadsheet
{
    private static readonly CsvTable<Score> Table = new(
        ("file", s => s.File),
        ("line", s => s.Line.ToString(CultureInfo.InvariantCulture)),
        ("record", s => s.Record.ToString(CultureInfo.InvariantCulture)),
        ("time_utc", s => s.Time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
        ("host", s => s.Host),
        ("user", s => s.User),
        ("probability", s => Number(s.Probability, 6)),
        ("malicious", s => s.Malicious is { } malicious ? malicious ? "yes" : "no" : null),
        ("rarity", s => Number(s.Rarity, 2)),
        ("parent", s => s.Parent),
        ("child", s => s.Child),
        ("command_line", s => s.CommandLine),
        ("reasons", s => Cell.Of(s.Reasons)),
        ("error", s => s.Error));

    /// <summary>Writes a row for each line.</summary>
    public static void Write(IEnumerable<Score> scores, Stream file) => Table.Write(scores, file);

    private static string? Number(double? value, int digits) =>
        value is { } number ? Math.Round(number, digits).ToString(CultureInfo.InvariantCulture) : null;
}
