using Changeling.Backtest.Gathering;
using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;

namespace Changeling.Backtest;

/// <summary>Compares alerts with the ground truth.</summary>
/// <param name="truth">The ground truth.</param>
/// <param name="alerts">All alerts, in order of time.</param>
internal sealed class TruthReporting(Truth truth, IReadOnlyList<Alert> alerts)
{
    private readonly HashSet<TruthStep> _alerted = [.. alerts.Select(a => a.Truth).OfType<TruthStep>()];
    private readonly ILookup<string, Alert> _finding = alerts
        .SelectMany(a => a.Chains, (a, chain) => (Chain: chain, Alert: a)).OrderBy(f => f.Alert.Found)
        .ToLookup(f => f.Chain, f => f.Alert, StringComparer.Ordinal);

    /// <summary>Adds recall, time to detect and false alerts to a report.</summary>
    public BacktestReport AddTo(BacktestReport report)
    {
        var chains = truth.Steps.Where(s => s.Chain is not null).GroupBy(s => s.Chain!, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Chain(g.Key, [.. g])).ToList();
        return report with
        {
            Attacks = chains.Count,
            AttacksFound = chains.Count(c => c.IsFound),
            Steps = chains.Sum(c => c.Steps),
            StepsFound = chains.Sum(c => c.StepsFound),
            MedianSecondsToDetect = Median([.. chains.Select(c => c.SecondsToDetect).OfType<double>().Order()]),
            FalseAlerts = alerts.Count(a => !a.IsTrue),
            LookAlikes = truth.Steps.Count(s => s.Chain is null),
            LookAlikesAlerted = _alerted.Count(s => s.Chain is null),
            Chains = chains,
        };
    }

    private ChainReport Chain(string name, IReadOnlyList<TruthStep> steps)
    {
        var begin = steps.Min(s => s.Time);
        var first = _finding[name].FirstOrDefault();
        return new ChainReport(
            name, steps.Count, steps.Count(_alerted.Contains), begin, (first?.Found - begin)?.TotalSeconds, first?.Report.Rules[0]);
    }

    private static double? Median(IReadOnlyList<double> ordered) => ordered.Count == 0 ? null : ordered[ordered.Count / 2];
}
