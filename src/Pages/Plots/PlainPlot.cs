using System.Globalization;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;

namespace Changeling.Pages.Plots;

/// <summary>What all plots have in common.</summary>
internal static class PlainPlot
{
    /// <summary>An empty plot.</summary>
    public static PlotModel Create() => new()
    {
        Background = OxyColors.Transparent,
        PlotAreaBackground = OxyColors.Transparent,
        PlotAreaBorderThickness = new OxyThickness(0),
        TextColor = Ink.Text,
        DefaultFontSize = 12,
        Padding = new OxyThickness(4, 14, 14, 4),
    };

    /// <summary>An axis, with a grid if it is the vertical one. What the vertical axis shows, the caption of the plot says.</summary>
    public static LinearAxis Axis(AxisPosition position, string title, double least, double most) => new()
    {
        Position = position,
        Title = title,
        Minimum = least,
        Maximum = most,
        TextColor = Ink.Muted,
        TitleColor = Ink.Muted,
        TickStyle = TickStyle.None,
        MajorGridlineStyle = position == AxisPosition.Left ? LineStyle.Solid : LineStyle.None,
        MajorGridlineColor = Ink.Grid,
        AxislineStyle = position == AxisPosition.Bottom ? LineStyle.Solid : LineStyle.None,
        AxislineColor = Ink.Muted,
        MinimumMinorStep = double.MaxValue,
        AxisTitleDistance = 8,
        StringFormat = "#,0.##",
    };

    /// <summary>Adds a dashed line across the plot, with words above its right end, or beside its upper end.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="type">Horizontal or vertical.</param>
    /// <param name="at">Its place on the axis that it crosses.</param>
    /// <param name="end">The end of the other axis.</param>
    /// <param name="text">The words.</param>
    /// <param name="colour">The colour of both.</param>
    public static void AddLine(PlotModel plot, LineAnnotationType type, double at, double end, string text, OxyColor colour)
    {
        var isHorizontal = type == LineAnnotationType.Horizontal;
        plot.Annotations.Add(
            new LineAnnotation { Type = type, X = at, Y = at, Color = colour, LineStyle = LineStyle.Dash, StrokeThickness = 1.5 });
        plot.Annotations.Add(new TextAnnotation
        {
            Text = text,
            TextColor = colour,
            StrokeThickness = 0,
            Padding = new OxyThickness(0),
            TextPosition = isHorizontal ? new(end, at) : new(at, end),
            Offset = isHorizontal ? new(0, -5) : new(6, 2),
            TextHorizontalAlignment = isHorizontal ? HorizontalAlignment.Right : HorizontalAlignment.Left,
            TextVerticalAlignment = isHorizontal ? VerticalAlignment.Bottom : VerticalAlignment.Top,
        });
    }

    /// <summary>The top of an axis of counts: a little above the highest value, and never below 1.</summary>
    public static double Top(IEnumerable<double> values) => Math.Max(1, values.DefaultIfEmpty(0).Max() * 1.15);

    /// <summary>A day on an axis.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);
}
