using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Changeling.Scoring;

namespace Changeling.Training;

/// <summary>Writes a report as JSON and as text with the worst misses and false alarms. It quotes the corpus.</summary>
internal static class TrainingReportFile
{
    private const int Worst = 100;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Write(string pathWithoutExtension, TrainingReport report, Evaluation evaluation, PlattCalibration calibration)
    {
        File.WriteAllText(pathWithoutExtension + ".json", JsonSerializer.Serialize(report, Json));
        File.WriteAllText(pathWithoutExtension + ".md", Text(report, evaluation, calibration));
    }

    private static string Text(TrainingReport report, Evaluation evaluation, PlattCalibration calibration)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Model {report.Version}").AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"threshold {report.Threshold:0.0000}, calibration error {report.CalibrationError:0.000}, {report.PackageBytes} bytes")
                .AppendLine();
        Line(text, "recorded tuples", report.RecordedTuples);
        Line(text, "recorded events", report.RecordedEvents);
        Line(text, "against look-alikes", report.LookAlikes);
        Line(text, "against all ordinary", report.AllOrdinary);
        Line(text, "weak tuples", report.WeakTuples);
        foreach (var (name, metrics) in report.ByRepository) Line(text, name, metrics);
        foreach (var (name, metrics) in report.ByFormat) Line(text, name, metrics);
        foreach (var (name, metrics) in report.RepositoryLeftOut) Line(text, "left out: " + name, metrics);
        if (report.WithoutOwnRows is { } without) Line(text, "without own rows", without);
        foreach (var (name, auc) in report.WithoutFields)
            text.AppendLine(CultureInfo.InvariantCulture, $"without {name}: ROC-AUC {auc:0.0000}");
        foreach (var (settings, metrics) in report.Candidates) Line(text, settings.ToString(), metrics);
        foreach (var (name, share) in report.AboveThreshold)
            text.AppendLine(CultureInfo.InvariantCulture, $"above threshold, {name}: {share:0.0000}");
        text.AppendLine(report.MissingPattern?.ToString());

        var recorded = evaluation.Tuples.Where(s => s.Row.IsRecorded && !s.Row.IsWeak).ToList();
        Rows(text, "Worst misses", recorded.Where(s => s.Row.Label == 1).OrderBy(s => s.Margin), calibration);
        Rows(text, "Worst false alarms, recorded", recorded.Where(s => s.Row.Label == 0).OrderByDescending(s => s.Margin), calibration);
        Rows(
            text,
            "Worst false alarms, made",
            evaluation.Tuples.Where(s => s.Row is { IsMade: true, Label: 0 }).OrderByDescending(s => s.Margin),
            calibration);
        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, RankingMetrics m) => text.AppendLine(
        CultureInfo.InvariantCulture,
        $"{name}: {m.Attacks} attacks, {m.Ordinary} ordinary, ROC-AUC {m.RocAuc:0.0000}, AP {m.AveragePrecision:0.0000}, recall at 0.1 % {m.RecallAt01:0.000}, 1 % {m.RecallAt1:0.000}, 5 % {m.RecallAt5:0.000}");

    private static void Rows(StringBuilder text, string title, IEnumerable<HeldOutScore> scores, PlattCalibration calibration)
    {
        text.AppendLine().AppendLine("## " + title).AppendLine();
        foreach (var s in scores.Take(Worst))
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{calibration.Probability(s.Margin):0.0000} | {s.Row.Dataset} | {s.Row.Event.Parent?.Path} > {s.Row.Event.Child.Path} | {s.Row.Event.Child.CommandLine?.ReplaceLineEndings(" ")}");
        }
    }
}
