using System.Globalization;
using Spectre.Console;

namespace Changeling.Cli.Demo;

/// <summary>
/// Findings below one another, each on two lines: time, severity, host and launch; then rules, ATT&amp;CK and rarity. No line is wider than
/// the terminal or <see cref="MaxWidth"/>.
/// </summary>
internal sealed class FindingList(IAnsiConsole console)
{
    /// <summary>Maximum length of a line, also in a file or pipe.</summary>
    public const int MaxWidth = 160;

    private const int MinWidth = 60;
    private const string Indent = "    ";

    private int Width => Math.Clamp(console.Profile.Width, MinWidth, MaxWidth);

    /// <summary>Writes the findings in the order given.</summary>
    public void Show(IReadOnlyList<DemoFinding> findings)
    {
        var severities = findings.Select(SeverityOf).DefaultIfEmpty("").Max(word => word.Length);
        foreach (var finding in findings)
        {
            var time = string.Create(CultureInfo.InvariantCulture, $"{finding.Time:MM-dd HH:mm:ss}  ");
            var severity = SeverityOf(finding).PadRight(severities);
            console.Write(time, Style.Plain);
            console.Write(severity, StyleOf(finding));
            var host = $"  {Middle(Printable.Of(finding.Host), Width / 3)}  ";
            console.WriteLine(host + Middle(Printable.Of(finding.What), Width - time.Length - severity.Length - host.Length), Style.Plain);
            console.WriteLine(Indent + Reasons(finding, Width - Indent.Length), new Style(Color.Grey));
        }
    }

    /// <summary>Shortens a text in the middle, because command lines differ at both ends.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Maximum length in UTF-16 units, at least 3.</param>
    public static string Middle(string text, int most)
    {
        if (text.Length <= most) return text;
        var (start, end) = ((most - 1) / 2, text.Length - (most / 2));
        if (char.IsHighSurrogate(text[start - 1])) start--;
        if (char.IsLowSurrogate(text[end])) end++;
        return $"{text.AsSpan(0, start)}…{text.AsSpan(end)}";
    }

    private static string Reasons(DemoFinding finding, int most)
    {
        var rest = finding.Attacks.Count == 0 ? "" : $" | {string.Join(' ', finding.Attacks)}";
        if (finding.Rarity is { } rarity) rest += string.Create(CultureInfo.InvariantCulture, $" | rarity {rarity:0.0}");
        return Middle(Printable.Of(Titles([.. finding.Rules.Select(rule => rule.Title)], most - rest.Length) + rest), most);
    }

    /// <summary>As many titles as fit, at least one, and how many more there are.</summary>
    private static string Titles(IReadOnlyList<string> titles, int most)
    {
        for (var shown = titles.Count; ; shown--)
        {
            var text = string.Join(", ", titles.Take(shown)) + (shown < titles.Count ? $" and {titles.Count - shown} more" : "");
            if (shown == 1 || text.Length <= most) return text;
        }
    }

    private static string SeverityOf(DemoFinding finding) =>
        finding.Severity.ToLowerInvariant() + (finding.IsAlert ? " alert" : " note");

    private static Style StyleOf(DemoFinding finding) => finding switch
    {
        { IsAlert: false } => new(Color.Grey),
        { Severity: "Critical" } => new(Color.Red, decoration: Decoration.Bold),
        { Severity: "High" } => new(Color.Red),
        { Severity: "Medium" } => new(Color.Yellow),
        _ => new(Color.Aqua),
    };
}
