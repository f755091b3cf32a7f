using Spectre.Console;

namespace Changeling.Cli.Detections;

/// <summary>How detections look on a console: the width of lines, the signs that are drawn, and the colour of each severity.</summary>
/// <param name="Width">Maximum length of a line in UTF-16 units.</param>
/// <param name="Arrow">Between a parent and its child.</param>
/// <param name="Cut">Where a text was shortened.</param>
/// <param name="Next">Before a process with others below it on the same level.</param>
/// <param name="Last">Before the last process of a level.</param>
/// <param name="Through">Beside the processes between two of a level.</param>
internal sealed record Look(int Width, string Arrow, string Cut, string Next, string Last, string Through)
{
    /// <summary>Width of lines in a file or pipe.</summary>
    public const int PipeWidth = 120;

    /// <summary>Lines are not wider than this on any terminal, because long lines are hard to read.</summary>
    public const int MaxTerminalWidth = 160;

    /// <summary>The narrowest width: less has no place for a command line.</summary>
    public const int MinWidth = 60;

    /// <summary>The widest width that can be asked for.</summary>
    public const int MaxWidth = 1_000;

    /// <summary>Blanks in place of <see cref="Through"/>.</summary>
    public string Under { get; } = new(' ', Through.Length);

    /// <summary>The look for a console: lines and arrows on a terminal that shows them, ASCII elsewhere.</summary>
    /// <param name="console">The console.</param>
    /// <param name="width">The width that the user asked for; 0 for the terminal's, or <see cref="PipeWidth"/>.</param>
    public static Look Of(IAnsiConsole console, int width = 0)
    {
        var isTerminal = console.Profile.Out.IsTerminal;
        if (width <= 0) width = isTerminal ? Math.Clamp(console.Profile.Width, MinWidth, MaxTerminalWidth) : PipeWidth;
        return isTerminal && console.Profile.Capabilities.Unicode
            ? new Look(width, "→", "…", "├─ ", "└─ ", "│  ")
            : new Look(width, "->", "...", "|- ", "`- ", "|  ");
    }

    /// <summary>The colour of a severity, which is always written in words too.</summary>
    /// <param name="severity">OCSF's word.</param>
    public static Style StyleOf(string severity) => severity.ToUpperInvariant() switch
    {
        "CRITICAL" or "FATAL" => new(Color.Red, decoration: Decoration.Bold),
        "HIGH" => new(Color.Red),
        "MEDIUM" => new(Color.Yellow),
        "LOW" => new(Color.Aqua),
        _ => Style.Plain,
    };
}
