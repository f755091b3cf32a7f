using OxyPlot;

namespace Changeling.Pages.Plots;

/// <summary>
/// The colours of plots. Each stands for a variable of the style sheet, which has another value on a light and on a dark page.
/// </summary>
internal static class Ink
{
    /// <summary>Text.</summary>
    public static readonly OxyColor Text = OxyColor.FromRgb(1, 2, 3);

    /// <summary>Axes and their labels.</summary>
    public static readonly OxyColor Muted = OxyColor.FromRgb(1, 2, 4);

    /// <summary>Lines of the grid.</summary>
    public static readonly OxyColor Grid = OxyColor.FromRgb(1, 2, 5);

    /// <summary>What the plot is about.</summary>
    public static readonly OxyColor Accent = OxyColor.FromRgb(1, 2, 6);

    /// <summary>What is compared with it, or of less weight.</summary>
    public static readonly OxyColor Second = OxyColor.FromRgb(1, 2, 7);

    /// <summary>A limit.</summary>
    public static readonly OxyColor Limit = OxyColor.FromRgb(1, 2, 8);

    /// <summary>Each colour as an SVG has it, and the variable that takes its place.</summary>
    public static readonly IReadOnlyList<(string Colour, string Variable)> Variables =
    [
        ("rgb(1,2,3)", "var(--ink)"), ("rgb(1,2,4)", "var(--muted)"), ("rgb(1,2,5)", "var(--grid)"), ("rgb(1,2,6)", "var(--accent)"),
        ("rgb(1,2,7)", "var(--second)"), ("rgb(1,2,8)", "var(--limit)"),
    ];
}
