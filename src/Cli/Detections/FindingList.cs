using System.Globalization;
using Spectre.Console;

namespace Changeling.Cli.Detections;

/// <summary>
/// Findings below one another, each on one line: time, severity, host, launch, and the titles of the rules that fired. No line is wider
/// than <see cref="Look.Width"/>.
/// </summary>
/// <param name="console">The console.</param>
/// <param name="look">Width, signs and colours.</param>
internal sealed class FindingList(IAnsiConsole console, Look look)
{
    private const int SeverityWidth = 10;

    /// <summary>The fewest units of a launch, whatever the titles take.</summary>
    private const int MinLaunch = 20;

    /// <summary>Writes the findings in the order given.</summary>
    public void Show(IEnumerable<FindingView> findings)
    {
        foreach (var finding in findings) Show(finding);
    }

    /// <summary>Writes one finding.</summary>
    public void Show(FindingView finding)
    {
        var severity = Printable.Of(finding.Severity.ToLowerInvariant());
        var line = new StyledLine()
            .Add(string.Create(CultureInfo.InvariantCulture, $"{finding.Time:MM-dd HH:mm:ss}  "))
            .Add(
                Middle(finding.IsAlert ? $"{severity} alert" : severity, look.Width / 4).PadRight(SeverityWidth - 2) + "  ",
                Look.StyleOf(severity));
        line.Add(Middle(Printable.Of(finding.Cluster is not null ? finding.Host : Shortened.Host(finding.Host)), look.Width / 6) + "  ");

        var titles = Titles([.. finding.Rules.Select(rule => Printable.Of(rule.Title))], look.Width - line.Length);
        line.Add(Launch(finding, look.Width - line.Length - titles.Length)).Add(titles, new Style(Color.Grey)).WriteTo(console);
    }

    /// <summary>Parent and command line; the command line is shortened, and the parent only where there is no place.</summary>
    private string Launch(FindingView finding, int most)
    {
        var what = Printable.Of(ProgramPath.WithoutFolder(finding.What));
        if (finding.Cluster is not null) return Middle(what, most);
        var parent = $"{(finding.Parent.Length == 0 ? "unknown parent" : Printable.Of(finding.Parent))} {look.Arrow} ";
        return most - parent.Length < MinLaunch / 2 ? Middle(parent + what, most) : parent + Middle(what, most - parent.Length);
    }

    /// <summary>As many titles as fit into half of the rest of the line, at least one; and how many more there are.</summary>
    private string Titles(IReadOnlyList<string> titles, int rest)
    {
        if (titles.Count == 0) return "";
        for (var shown = titles.Count; ; shown--)
        {
            var more = shown < titles.Count ? string.Create(CultureInfo.InvariantCulture, $" +{titles.Count - shown}") : "";
            var text = string.Join(", ", titles.Take(shown)) + more;
            if (text.Length + 3 <= rest / 2) return " | " + text;
            if (shown == 1) return " | " + Middle(titles[0], Math.Max(0, rest - MinLaunch - more.Length - 3)) + more;
        }
    }

    private string Middle(string text, int most) => Shortened.Middle(text, most, look.Cut);
}
