namespace Changeling.Backtest.Reports;

/// <summary>
/// An incident as it was at the end of the history. Created is the time of its first message and closed that of its last, by the clock of
/// incidents, UTC; an incident that is still open has no closed time. Hosts and users are in order of their first step. The score is 0–1,
/// the risk 0–100. Steps are in order of start; left out is the number of further steps, which tell least.
/// </summary>
public sealed record IncidentReport(
    string Uid,
    DateTimeOffset Created,
    DateTimeOffset? Closed,
    IReadOnlyList<string> Hosts,
    IReadOnlyList<string> Users,
    double Score,
    string Severity,
    int Risk,
    IReadOnlyList<IncidentStepReport> Steps,
    int LeftOut)
{
    /// <summary>Rules on clusters that fired on its hosts, users or parents.</summary>
    public IReadOnlyList<string> ClusterRules { get; init; } = [];

    /// <summary>Number of messages about it.</summary>
    public int Messages { get; init; }

    /// <summary>The attacks that it has steps of, in order of name; <see langword="null"/> without truth.</summary>
    public IReadOnlyList<IncidentChainReport>? Chains { get; init; }
}

/// <summary>
/// One step of an incident: a launch, and how often it was repeated. The uid is that of the launch's finding; a step that is no finding has
/// the one that its finding would have, and no rules. The time is the endpoint's, UTC. The weight is what it adds to the score on its own,
/// 0–1. The chain is the attack that it belongs to.
/// </summary>
public sealed record IncidentStepReport(
    string Uid,
    DateTimeOffset Time,
    string Host,
    string Lineage,
    IReadOnlyList<string> Rules,
    double Probability,
    double? Rarity,
    double Weight,
    bool IsFinding,
    int Count,
    string? Chain);

/// <summary>
/// How much of an attack an incident holds. Steps is the number of the attack's steps in it. Findings is how many of them were reported as
/// findings after the learning period, and findings of chain how many of all steps of the attack were. The share is the quotient of the
/// two; <see langword="null"/> where no step was reported.
/// </summary>
public sealed record IncidentChainReport(string Chain, int Steps, int Findings, int FindingsOfChain, double? Share);
