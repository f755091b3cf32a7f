using System.Globalization;
using Changeling.Training;

namespace Changeling.Cli.Evaluating;

/// <summary>The result of <c>evaluate</c>, for people.</summary>
internal static class EvaluationText
{
    public static void Show(TextWriter lines, EvaluationReport report)
    {
        lines.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"model {report.ModelVersion} ({report.ModelSha256[..12]}), threshold {report.Threshold:0.000}; {report.Rows:N0} rows, left out: {report.WithoutLabel:N0} without label, {report.Weak:N0} weak; calibration error {report.CalibrationError:0.000}"));
        lines.WriteLine("Rows that the model was trained on make it look better than it is; 'train' measures on held-out rows.");
        lines.WriteLine(
            $"{"by",-11}{"name",-42}{"attacks",8}{"ordinary",9}  {"ROC-AUC",-22}{"avg.prec",9}{"r@0.1%",8}{"r@1%",7}{"r@5%",7}{"found",7}{"alarms",8}{"AUC events",11}");
        foreach (var g in report.Groups) lines.WriteLine(Line(g));
        foreach (var (name, auc) in report.WithoutFields)
            lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"without {name}: ROC-AUC {auc:0.0000}"));
        Rows(lines, "Worst misses", report.WorstMisses);
        Rows(lines, "Worst false alarms", report.WorstFalseAlarms);
    }

    private static string Line(EvaluatedGroup g) => string.Create(
        CultureInfo.InvariantCulture,
        $"{g.By,-11}{Short(g.Name, 40),-42}{g.Tuples.Attacks,8}{g.Tuples.Ordinary,9}  {$"{g.Tuples.RocAuc:0.000} [{g.RocAuc.Low:0.000}–{g.RocAuc.High:0.000}]",-22}{g.Tuples.AveragePrecision,9:0.000}{g.Tuples.RecallAt01,8:0.000}{g.Tuples.RecallAt1,7:0.000}{g.Tuples.RecallAt5,7:0.000}{g.AboveThreshold,7:0.000}{g.FalseAlarms,8:0.0000}{g.Events.RocAuc,11:0.000}");

    /// <summary>The end of a name that is too long for its column.</summary>
    public static string Short(string name, int length) => name.Length <= length ? name : "…" + name[^(length - 1)..];

    /// <summary>Rows in full, under a title.</summary>
    public static void Rows(TextWriter lines, string title, IReadOnlyList<EvaluatedRow> rows)
    {
        lines.WriteLine();
        lines.WriteLine(title);
        foreach (var row in rows)
        {
            var e = row.Event;
            lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Probability:0.0000}  {row.Dataset}"));
            lines.WriteLine($"        {Safe(e.Parent?.Path ?? e.Parent?.Name ?? "?")} [{Safe(e.Parent?.CommandLine ?? "")}]");
            lines.WriteLine($"        {Safe(e.Child.Path ?? e.Child.Name)} [{Safe(e.Child.CommandLine ?? "")}]");
            if (row.Reasons.Count > 0) lines.WriteLine($"        {Safe(string.Join("; ", row.Reasons))}");
        }
    }

    /// <summary>Rows are foreign data, so control characters are shown as a dot.</summary>
    public static string Safe(string text) => string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '·' : c));
}
