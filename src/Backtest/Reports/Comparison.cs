namespace Changeling.Backtest.Reports;

/// <summary>
/// What changed between two reports of one history. A finding's id is made from the event, so it is the same whatever rules and model. An
/// incident is the same where it has a step in common: with another model it may begin with another launch, which gives it another id.
/// </summary>
public sealed record Comparison(
    IReadOnlyList<DetectionReport> Gained, IReadOnlyList<DetectionReport> Lost, IReadOnlyList<string> AttacksGained,
    IReadOnlyList<string> AttacksLost)
{
    /// <summary>Compares two reports.</summary>
    public static Comparison Of(BacktestReport before, BacktestReport after) => new(
        Only(after.Detections, before.Detections),
        Only(before.Detections, after.Detections),
        [.. Found(after).Except(Found(before), StringComparer.Ordinal)],
        [.. Found(before).Except(Found(after), StringComparer.Ordinal)]);

    private static IReadOnlyList<DetectionReport> Only(IEnumerable<DetectionReport> these, IEnumerable<DetectionReport> those)
    {
        var known = those.SelectMany(Names).ToHashSet(StringComparer.Ordinal);
        return [.. these.Where(d => !Names(d).Any(known.Contains))];
    }

    private static IEnumerable<string> Names(DetectionReport alert) =>
        alert.Incident is { } incident ? incident.Steps.Select(s => $"step {s.Uid}") : [alert.Uid];

    private static IEnumerable<string> Found(BacktestReport report) => (report.Chains ?? []).Where(c => c.IsFound).Select(c => c.Chain);
}
