using Changeling.Backtest.Reports;
using Changeling.Pages.Shell;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Changeling.Pages.Plots;

/// <summary>Incidents a day over the threshold of their score.</summary>
internal static class ThresholdPlot
{
    /// <summary>The plot of the thresholds that were tried.</summary>
    /// <param name="cells">The thresholds, ascending, at least one.</param>
    /// <param name="present">The threshold of the run.</param>
    /// <param name="budget">Incidents a day that people can look at; <see langword="null"/> for no budget.</param>
    public static SvgPlot Of(IReadOnlyList<IncidentCell> cells, double? present, double? budget) => new(
        $"Incidents a day fall from {Figures.Number(cells[0].Workload?.AlertsPerDay)} at threshold {Figures.Number(cells[0].Threshold)} to {Figures.Number(cells[^1].Workload?.AlertsPerDay)} at {Figures.Number(cells[^1].Threshold)}.",
        _ => Make(cells, present, budget));

    private static PlotModel Make(IReadOnlyList<IncidentCell> cells, double? present, double? budget)
    {
        var plot = PlainPlot.Create();
        plot.Axes.Add(PlainPlot.Axis(AxisPosition.Bottom, "incident threshold", 0, 1));
        var top = PlainPlot.Top([.. cells.Select(c => c.Workload?.AlertsPerDay ?? 0), budget ?? 0]);
        plot.Axes.Add(PlainPlot.Axis(AxisPosition.Left, "", 0, top));
        var line = new LineSeries
        {
            Color = Ink.Accent,
            StrokeThickness = 2,
            MarkerType = MarkerType.Circle,
            MarkerSize = 3,
            MarkerFill = Ink.Accent,
        };
        line.Points.AddRange(cells.Select(c => new DataPoint(c.Threshold, c.Workload?.AlertsPerDay ?? 0)));
        plot.Series.Add(line);
        if (present is { } at) PlainPlot.AddLine(plot, LineAnnotationType.Vertical, at, top, "present", Ink.Muted);
        if (budget is { } most)
            PlainPlot.AddLine(plot, LineAnnotationType.Horizontal, most, 1, $"budget {Figures.Number(most)} a day", Ink.Limit);
        return plot;
    }
}
