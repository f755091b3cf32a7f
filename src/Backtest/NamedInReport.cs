using Changeling.Backtest.Reports;
using Changeling.Rules;

namespace Changeling.Backtest;

/// <summary>What a report names and people look up: its rules, and its findings.</summary>
/// <param name="report">The report.</param>
internal sealed class NamedInReport(BacktestReport report)
{
    private readonly IReadOnlyList<IncidentReport> _incidents = [.. report.Detections.Select(d => d.Incident).OfType<IncidentReport>()];

    /// <summary>The title of every rule that it names, in order of id.</summary>
    public IReadOnlyDictionary<string, string> RuleTitles(RuleSet rules)
    {
        var ids = report.Detections.SelectMany(d => d.Rules)
            .Concat(_incidents.SelectMany(i => i.Steps.SelectMany(s => s.Rules).Concat(i.ClusterRules)))
            .Concat(report.LookFirst.SelectMany(row => row.Rules))
            .Concat(report.Chains?.Select(chain => chain.Rule).OfType<string>() ?? [])
            .Distinct(StringComparer.Ordinal);
        return new SortedDictionary<string, string>(
            ids.ToDictionary(id => id, id => rules.Find(id)?.Name ?? id, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>The ids of its findings about one launch: alerts, steps of incidents, and examples to look at first.</summary>
    public IReadOnlySet<string> Findings() => report.Detections.Where(d => d.Incident is null).Select(d => d.Uid)
        .Concat(_incidents.SelectMany(i => i.Steps).Where(step => step.IsFinding).Select(step => step.Uid))
        .Concat(report.LookFirst.Select(row => row.Finding))
        .ToHashSet(StringComparer.Ordinal);
}
