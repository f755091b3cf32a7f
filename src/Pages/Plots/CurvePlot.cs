using Changeling.Pages.Shell;
using Changeling.Training;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Changeling.Pages.Plots;

/// <summary>Curves between 0 and 1: ROC, precision over recall, and calibration.</summary>
internal static class CurvePlot
{
    /// <summary>Attacks found over false alarms.</summary>
    /// <param name="curve">The points, at least one.</param>
    /// <param name="atThreshold">The point of the model's threshold.</param>
    /// <param name="area">Area under the curve, 0–1.</param>
    public static SvgPlot Roc(IReadOnlyList<OperatingPoint> curve, OperatingPoint? atThreshold, double area) => new(
        $"Share of attacks found over share of false alarms, at every threshold; the area under the curve is {Figures.Fixed(area, 3)}.",
        _ =>
        {
            var plot = Unit("share of false alarms");
            plot.Annotations.Add(Diagonal());
            plot.Series.Add(Line([new(0, 0), .. curve.Select(p => new DataPoint(p.FalseAlarms, p.Recall))]));
            Mark(plot, atThreshold, p => new(p.FalseAlarms, p.Recall));
            return plot;
        });

    /// <summary>Precision over attacks found.</summary>
    /// <param name="curve">The points, at least one.</param>
    /// <param name="atThreshold">The point of the model's threshold.</param>
    /// <param name="average">Average precision, 0–1.</param>
    public static SvgPlot PrecisionRecall(IReadOnlyList<OperatingPoint> curve, OperatingPoint? atThreshold, double average) => new(
        $"Share of attacks among all above a threshold, over the share of attacks found; average precision {Figures.Fixed(average, 3)}.",
        _ =>
        {
            var plot = Unit("share of attacks found");
            plot.Series.Add(Line(curve.Select(p => new DataPoint(p.Recall, p.Precision))));
            Mark(plot, atThreshold, p => new(p.Recall, p.Precision));
            return plot;
        });

    /// <summary>How often probabilities come true.</summary>
    /// <param name="bins">The bins, at least one.</param>
    /// <param name="error">Expected calibration error, 0–1.</param>
    public static SvgPlot Reliability(IReadOnlyList<ReliabilityBin> bins, double error) => new(
        $"Share of attacks over the model's probability, in ten bins; on the diagonal both are the same. The calibration error is {Figures.Fixed(error, 3)}.",
        _ =>
        {
            var plot = Unit("probability by the model");
            plot.Annotations.Add(Diagonal());
            var line = Line(bins.Select(b => new DataPoint(b.MeanProbability, b.Attacks)));
            (line.MarkerType, line.MarkerSize, line.MarkerFill) = (MarkerType.Circle, 4, Ink.Accent);
            plot.Series.Add(line);
            return plot;
        });

    private static PlotModel Unit(string across)
    {
        var plot = PlainPlot.Create();
        foreach (var (position, title) in new[] { (AxisPosition.Bottom, across), (AxisPosition.Left, "") })
        {
            var axis = PlainPlot.Axis(position, title, 0, 1.001);
            axis.MajorStep = 0.2;
            plot.Axes.Add(axis);
        }

        return plot;
    }

    private static LineSeries Line(IEnumerable<DataPoint> points)
    {
        var line = new LineSeries { Color = Ink.Accent, StrokeThickness = 2 };
        line.Points.AddRange(points);
        return line;
    }

    private static LineAnnotation Diagonal() => new()
    {
        Type = LineAnnotationType.LinearEquation,
        Slope = 1,
        Intercept = 0,
        Color = Ink.Muted,
        LineStyle = LineStyle.Dash,
        StrokeThickness = 1,
    };

    private static void Mark(PlotModel plot, OperatingPoint? at, Func<OperatingPoint, DataPoint> place)
    {
        if (at is null) return;
        var point = place(at);
        plot.Annotations.Add(new PointAnnotation
        {
            X = point.X,
            Y = point.Y,
            Size = 5,
            Fill = Ink.Limit,
            Text = "threshold",
            TextColor = Ink.Limit,
            TextMargin = 8,
            TextHorizontalAlignment = point.X > 0.8 ? HorizontalAlignment.Right : HorizontalAlignment.Left,
            TextVerticalAlignment = point.Y > 0.85 ? VerticalAlignment.Top : VerticalAlignment.Bottom,
        });
    }
}
