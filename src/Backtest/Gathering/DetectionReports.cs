using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;
using Changeling.Clusters;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Findings;

namespace Changeling.Backtest.Gathering;

/// <summary>Converts detections for the report. Numbers have as many digits as in the finding, and times are whole milliseconds.</summary>
internal static class DetectionReports
{
    private const int MaxReasons = 5;

    /// <summary>Converts a detection on one launch.</summary>
    /// <param name="detection">The detection.</param>
    /// <param name="step">The ground truth, if it is known.</param>
    /// <param name="isAlert">Whether findings are alerts, which say what was launched, and not only evidence of incidents.</param>
    public static DetectionReport Of(Detection detection, TruthStep? step, bool isAlert)
    {
        var (e, prediction, rarity) = (detection.Evidence.Event, detection.Evidence.Prediction, detection.Evidence.Rarity);
        return new DetectionReport(
            detection.Id.ToString(),
            [.. detection.Rules.Where(r => r.SuppressedBy is null).Select(r => r.Rule.Id)],
            WholeMilliseconds(e.Time),
            e.Host.Name,
            rarity is null ? "" : $"{rarity.Lineage.Parent} > {rarity.Lineage.Child}",
            Math.Round(prediction.Probability, 4),
            rarity is null ? null : Math.Round(rarity.Score, 1),
            step?.Chain,
            Risk: detection.Risk.Score)
        {
            Severity = detection.Risk.Severity.ToString(),
            Launch = isAlert ? LaunchOf(detection) : null,
        };
    }

    /// <summary>Converts a detection on a window of launches.</summary>
    /// <param name="found">The detection.</param>
    /// <param name="chains">The attacks among its launches, if they are known.</param>
    public static DetectionReport Of(FoundCluster found, IReadOnlyList<string>? chains)
    {
        var evidence = found.Evidence;
        var (sum, host) = (Math.Round(evidence.ProbabilitySum, 3), evidence.Kind == ClusterKind.Host ? evidence.Entity : "");
        var mean = Math.Round(sum / evidence.Launches, 4);
        return new DetectionReport(
            found.Id.ToString(), [found.Rule.Id], WholeMilliseconds(evidence.End), host, "", mean, null, chains is [var first, ..]
                ? first
                : null, new ClusterReport(
                ClusterReport.WordOf(evidence.Kind),
                evidence.Entity,
                evidence.Start,
                evidence.Launches,
                sum,
                Math.Round(evidence.Deviations, 2),
                chains),
            Risk: Risk.Of(found.Rule).Score)
        {
            Severity = Risk.Of(found.Rule).Severity.ToString(),
        };
    }

    private static LaunchReport LaunchOf(Detection detection)
    {
        var e = detection.Evidence.Event;
        return new(
            e.Child.Name,
            Beginning(e.Child.CommandLine),
            e.Parent?.Name,
            Beginning(e.Parent?.CommandLine),
            UserOf(e.User),
            [.. detection.Attacks.Select(a => a.Technique).Distinct(StringComparer.Ordinal)],
            [.. detection.Reasons.Where(r => r.Weight > 0).Select(r => r.Description).OfType<string>().Take(MaxReasons)]);
    }

    private static string? UserOf(UserIdentity? user) =>
        user is { Name: { Length: > 0 } name, Domain: { Length: > 0 } domain } ? $@"{domain}\{name}" : user?.Name ?? user?.Sid;

    private static string? Beginning(string? line)
    {
        const int Most = LaunchReport.MaxCommandLine;
        if (line is null || line.Length <= Most) return line;
        return line[..(char.IsHighSurrogate(line[Most - 1]) ? Most - 1 : Most)];
    }

    /// <summary>A time with the precision of findings.</summary>
    public static DateTimeOffset WholeMilliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
