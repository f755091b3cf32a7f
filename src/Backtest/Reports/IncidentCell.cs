namespace Changeling.Backtest.Reports;

/// <summary>
/// The incidents that some threshold of their score would have given after the learning period: those whose score reached it at any time.
/// The app's limit of incidents in an hour is not applied. An incident that became a part of another counts as that one.
/// </summary>
public sealed record IncidentCell(double Threshold, int Alerts, WorkloadReport? Workload)
{
    /// <summary>
    /// What it would give in the days after the history, by its newest days; with truth, false incidents only. <see langword="null"/> in
    /// reports of earlier layouts.
    /// </summary>
    public WorkloadReport? Expected { get; init; }

    /// <summary>Attacks with a step in one of them; <see langword="null"/> without truth, as all below.</summary>
    public int? AttacksFound { get; init; }

    /// <summary>Steps of attacks in them.</summary>
    public int? StepsFound { get; init; }

    /// <summary>Incidents without a step of an attack.</summary>
    public int? FalseAlerts { get; init; }

    /// <summary>Injected look-alikes in them.</summary>
    public int? LookAlikesAlerted { get; init; }
}
