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

    /// <summary>What happened, in one sentence, as in its last message.</summary>
    public string Headline { get; init; } = "";

    /// <summary>Why the whole is worse than its parts, in one sentence.</summary>
    public string Why { get; init; } = "";

    /// <summary>ATT&amp;CK tactics by name, in order of their first step.</summary>
    public IReadOnlyList<string> Tactics { get; init; } = [];

    /// <summary>Its steps and the processes that connect them: grouped by host, each before those that it started.</summary>
    public IReadOnlyList<IncidentProcessReport> Processes { get; init; } = [];

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
    string? Chain)
{
    /// <summary>The account; <see langword="null"/> if the source does not know it.</summary>
    public string? User { get; init; }

    /// <summary>The severity of its finding, in OCSF's words.</summary>
    public string Severity { get; init; } = "";

    /// <summary>ATT&amp;CK technique ids of what was found in it.</summary>
    public IReadOnlyList<string> Techniques { get; init; } = [];

    /// <summary>The strongest reasons in words.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];
}

/// <summary>
/// A process of an incident. The parent is the place in the list of the process that started it, lower than its own. The command line is
/// its beginning, as in messages about incidents. The step is the uid of the step that its start is; <see langword="null"/> for a process
/// that only connects steps.
/// </summary>
public sealed record IncidentProcessReport(string Host, int? Parent, string Name, string? CommandLine, string? Step);

/// <summary>
/// How much of an attack an incident holds. Steps is the number of the attack's steps in it. Findings is how many of them were reported as
/// findings after the learning period, and findings of chain how many of all steps of the attack were. The share is the quotient of the
/// two; <see langword="null"/> where no step was reported.
/// </summary>
public sealed record IncidentChainReport(string Chain, int Steps, int Findings, int FindingsOfChain, double? Share);
