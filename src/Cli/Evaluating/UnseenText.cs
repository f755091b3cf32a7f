using System.Globalization;
using Changeling.Training.Unseen;

namespace Changeling.Cli.Evaluating;

/// <summary>The result of <c>evaluate unseen</c>, for people.</summary>
internal static class UnseenText
{
    public static void Show(TextWriter lines, UnseenReport report)
    {
        lines.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"threshold {report.Threshold:0.000}, seed {report.Seed}; {report.Settings}"));
        lines.WriteLine($"{"part",-11}{"set",-64}{"measure",-52}{"value",7}{"rows",7}{"datasets",10}");
        foreach (var figure in report.Figures) lines.WriteLine(Line(figure));
        foreach (var errors in report.Worst) EvaluationText.Rows(lines, $"Worst errors: {errors.Set}", errors.Rows);
    }

    private static string Line(UnseenFigure f) => string.Create(
        CultureInfo.InvariantCulture,
        $"{f.Part,-11}{EvaluationText.Short(EvaluationText.Safe(f.Set), 62),-64}{f.Measure,-52}{f.Value,7:0.000}{f.Rows,7}{(f.Datasets > 0 ? f.Datasets : "–"),10}");
}
