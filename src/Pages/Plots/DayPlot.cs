using System.Globalization;
using Changeling.Backtest.Reports;
using Changeling.Pages.Shell;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Changeling.Pages.Plots;

/// <summary>Alerts by day, and the budget.</summary>
internal static class DayPlot
{
    private const double HalfWidth = 0.34;
    private const int PixelsOfLabel = 64;

    /// <summary>The plot of a report's days; days without a launch are in their place.</summary>
    /// <param name="days">The days, at least one.</param>
    /// <param name="unit">What is counted, in the plural.</param>
    /// <param name="budget">Alerts a day that people can look at; <see langword="null"/> for no budget.</param>
    public static SvgPlot Of(IReadOnlyList<DayReport> days, string unit, double? budget)
    {
        var label = $"{unit} by day from {days[0].Day} to {days[^1].Day}: at most {Figures.Number(days.Max(d => d.Alerts))} on a day"
            + (budget is { } known ? $"; the budget is {Figures.Number(known)} a day." : ".");
        return new(char.ToUpperInvariant(label[0]) + label[1..], width => Make(days, budget, width));
    }

    private static PlotModel Make(IReadOnlyList<DayReport> days, double? budget, int width)
    {
        var first = Date(days[0]);
        var count = Date(days[^1]).DayNumber - first.DayNumber + 1;
        var plot = PlainPlot.Create();
        var bottom = PlainPlot.Axis(AxisPosition.Bottom, "", -0.6, count - 0.4);
        bottom.MajorStep = Math.Max(1, Math.Ceiling((double)count * PixelsOfLabel / width));
        bottom.LabelFormatter = place => PlainPlot.Day(first.AddDays((int)Math.Round(place)));
        plot.Axes.Add(bottom);
        var left = PlainPlot.Axis(AxisPosition.Left, "", 0, PlainPlot.Top([.. days.Select(d => (double)d.Alerts), budget ?? 0]));
        left.MinimumMajorStep = 1;
        plot.Axes.Add(left);
        plot.Series.Add(Columns(days, first, Ink.Accent, day => (0, day.Alerts - (day.FalseAlerts ?? 0))));
        plot.Series.Add(Columns(days, first, Ink.Second, day => (day.Alerts - (day.FalseAlerts ?? 0), day.Alerts)));
        if (budget is { } known)
            PlainPlot.AddLine(
                plot, LineAnnotationType.Horizontal, known, bottom.Maximum, $"budget {Figures.Number(known)} a day", Ink.Limit);
        return plot;
    }

    private static RectangleBarSeries Columns(
        IReadOnlyList<DayReport> days, DateOnly first, OxyColor colour, Func<DayReport, (int From, int To)> part)
    {
        var series = new RectangleBarSeries { FillColor = colour, StrokeThickness = 0 };
        foreach (var day in days)
        {
            var (from, to) = part(day);
            var place = Date(day).DayNumber - first.DayNumber;
            if (to > from) series.Items.Add(new(place - HalfWidth, from, place + HalfWidth, to));
        }

        return series;
    }

    private static DateOnly Date(DayReport day) => DateOnly.ParseExact(day.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
