using Changeling.Backtest.Gathering;
using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;

namespace Changeling.Backtest;

/// <summary>Compares alerts with the ground truth.</summary>
/// <param name="truth">The ground truth.</param>
/// <param name="alerts">All alerts, in order of time.</param>
/// <param name="findings">The launches that were reported after the learning period, alerts or not.</param>
/// <param name="countsIncidents">Whether incidents are alerts.</param>
internal sealed class TruthReporting(
    Truth truth, IReadOnlyList<Alert> alerts, IEnumerable<Alert> findings, bool countsIncidents)
{
    private readonly HashSet<TruthStep> _alerted = [.. alerts.SelectMany(a => a.Steps)];
    private readonly ILookup<string, (Alert Alert, DateTimeOffset At)> _finding = alerts
        .SelectMany(a => a.Chains, (a, chain) => (Chain: chain, Alert: a, At: a.FoundAt(chain))).OrderBy(f => f.At)
        .ToLookup(f => f.Chain, f => (f.Alert, f.At), StringComparer.Ordinal);

    private readonly ILookup<string, Alert> _reported = findings.Where(f => f.Truth is { Chain: not null })
        .ToLookup(f => f.Truth!.Chain!, StringComparer.Ordinal);

    /// <summary>Adds recall, time to detect and false alerts to a report.</summary>
    public BacktestReport AddTo(BacktestReport report)
    {
        var chains = truth.Steps.Where(s => s.Chain is not null).GroupBy(s => s.Chain!, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Chain(g.Key, [.. g])).ToList();
        var wrong = alerts.Count(a => !a.IsTrue);
        return report with
        {
            Attacks = chains.Count,
            AttacksFound = chains.Count(c => c.IsFound),
            Steps = chains.Sum(c => c.Steps),
            StepsFound = chains.Sum(c => c.StepsFound),
            MedianSecondsToDetect = Median(chains.Select(c => c.SecondsToDetect)),
            MedianSecondsFromFirstFinding = Median(chains.Select(c => c.SecondsFromFirstFinding)),
            MedianShareOfSteps = Median(chains.Select(c => c.ShareOfSteps)),
            FalseAlerts = wrong,
            FalseAlertsPer1000HostsAndDay =
                WorkloadReport.Of(wrong, report.History.DaysAfterLearning, report.History.Hosts)?.AlertsPer1000HostsAndDay,
            LookAlikes = truth.Steps.Count(s => s.Chain is null),
            LookAlikesAlerted = _alerted.Count(s => s.Chain is null),
            Chains = chains,
        };
    }

    private ChainReport Chain(string name, IReadOnlyList<TruthStep> steps)
    {
        var begin = steps.Min(s => s.Time);
        var first = _finding[name].Select(f => ((Alert Alert, DateTimeOffset At)?)f).FirstOrDefault();
        var chain = new ChainReport(
            name,
            steps.Count,
            steps.Count(_alerted.Contains),
            begin,
            (first?.At - begin)?.TotalSeconds,
            first?.Alert.Report.Rules is [var rule, ..] ? rule : null);
        return countsIncidents ? WithIncidents(chain) : chain;
    }

    private ChainReport WithIncidents(ChainReport chain)
    {
        var incidents = _finding[chain.Chain].Where(f => f.Alert.Report.Incident is not null).ToList();
        var reported = _reported[chain.Chain].ToList();
        return chain with
        {
            AlertableSteps = reported.Select(f => f.Truth).Distinct().Count(),
            Incidents = incidents.Count,
            ShareOfSteps = incidents.Select(f => f.Alert.Report.Incident!.Chains!.First(c => c.Chain == chain.Chain).Share).Max(),
            SecondsFromFirstFinding = incidents.Count == 0 || reported.Count == 0
                ? null
                : Math.Max(0, (incidents[0].At - reported.Min(f => f.Clock)).TotalSeconds),
        };
    }

    private static double? Median(IEnumerable<double?> values)
    {
        var ordered = values.OfType<double>().Order().ToList();
        return ordered.Count == 0 ? null : ordered[ordered.Count / 2];
    }
}
