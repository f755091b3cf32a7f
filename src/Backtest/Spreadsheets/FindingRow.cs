using Changeling.Backtest.Reports;

namespace Changeling.Backtest.Spreadsheets;

/// <summary>A row of the table of findings: a finding that is an alert, or a step of an incident that is one.</summary>
internal sealed record FindingRow(string Kind, string? Incident, DetectionReport Alert)
{
    /// <summary>The step; <see langword="null"/> for a finding.</summary>
    public IncidentStepReport? Step { get; private init; }

    /// <summary>The process of the step, if the incident has it.</summary>
    public IncidentProcessReport? Process { get; private init; }

    /// <summary>The process that started it, if known.</summary>
    public IncidentProcessReport? Parent { get; private init; }

    /// <summary>The attacks of the truth that it belongs to.</summary>
    public IEnumerable<string> Attacks =>
        Step is { } step ? One(step.Chain) : Alert.Cluster is { } cluster ? cluster.Chains ?? [] : One(Alert.Chain);

    /// <summary>The rows of an alert.</summary>
    public static IEnumerable<FindingRow> Of(DetectionReport alert)
    {
        if (alert.Incident is not { } incident) return [new(alert.Cluster is null ? "finding" : "cluster", null, alert)];
        var processes = incident.Processes.Where(p => p.Step is not null).DistinctBy(p => p.Step)
            .ToDictionary(p => p.Step!, StringComparer.Ordinal);
        return incident.Steps.Select(step => new FindingRow(step.IsFinding ? "finding" : "suspected", incident.Uid, alert)
        {
            Step = step,
            Process = processes.GetValueOrDefault(step.Uid),
            Parent = processes.GetValueOrDefault(step.Uid)?.Parent is { } place ? incident.Processes[place] : null,
        });
    }

    private static IEnumerable<string> One(string? name) => name is null ? [] : [name];
}
