using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Changeling.Counts;
using Changeling.Sources;

namespace Changeling.Backtest.Reports;

/// <summary>What decided.</summary>
public sealed record ModelReport(string Version, string Sha256, double Threshold, double RarityThreshold, string Prior);

/// <summary>
/// The history, which is the same for any distribution of its messages over files. Messages are top-level JSON values, bytes those of the
/// messages. Launches are the process starts that were scored. Times are the hub's clock, UTC.
/// </summary>
public sealed record HistoryReport(
    long Bytes,
    long Messages,
    long Records,
    long Launches,
    int Hosts,
    DateTimeOffset? From,
    DateTimeOffset? To,
    DateTimeOffset? LearningUntil,
    double DaysAfterLearning,
    double EmitAfterHours,
    int Partitions);

/// <summary>
/// One day of the hub's clock, UTC. Launches are those with a parent. New lineages are launches whose lineage had no count in the fleet.
/// False alerts are known only with truth.
/// </summary>
public sealed record DayReport(
    string Day, int Launches, int NewLineages, double NewLineageShare, int Alerts, int Notes, IReadOnlyDictionary<string, int> Rules,
        int? FalseAlerts = null);

/// <summary>
/// The alerts on which one rule fired; an alert counts for each of its rules. With truth, how many of them are true (a step of an attack,
/// or a cluster with one in it) and false, and how many attacks they found.
/// </summary>
public sealed record RuleReport(string Rule, int Alerts, int? TrueAlerts, int? FalseAlerts, int? ChainsFound);

/// <summary>
/// Something with many alerts: a lineage, a program or a user and the number of hosts that have them, or a host and its number of lineages.
/// </summary>
public sealed record TopReport(string Name, int Alerts, int Others);

/// <summary>
/// The result of a pair of thresholds after the learning period. An alert here is an event that both thresholds let through.
/// </summary>
public sealed record GridCell(double ModelThreshold, double RarityThreshold, int Alerts, double? AlertsPerDay)
{
    /// <summary>
    /// Alerts a day that they would give in the days after the history, by its newest days; with truth, false ones only.
    /// <see langword="null"/> in reports of earlier layouts.
    /// </summary>
    public double? ExpectedPerDay { get; init; }

    /// <summary>Attacks with an alert among these; <see langword="null"/> without truth, as all below.</summary>
    public int? AttacksFound { get; init; }

    /// <summary>Steps of attacks among these.</summary>
    public int? StepsFound { get; init; }

    /// <summary>Alerts on anything else.</summary>
    public int? FalseAlerts { get; init; }

    /// <summary>Injected look-alikes among these.</summary>
    public int? LookAlikesAlerted { get; init; }
}

/// <summary>
/// What the sources delivered: process starts by format, other records by format and kind, and unreadable ones by reason. Also the share
/// of starts without a field, by format, and starts from a wrong clock: their time is more than a day from their place in the history.
/// </summary>
public sealed record SourceReport(
    IReadOnlyDictionary<string, long> Formats,
    IReadOnlyDictionary<string, long> Skipped,
    IReadOnlyDictionary<string, long> DeadLetters,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Missing,
    int LateEvents)
{
    /// <summary>Makes the part of the report from the counts.</summary>
    public static SourceReport Of(SourceHealthReport health, int lateEvents) => new(
        health.Formats.ToDictionary(f => f.Key, f => f.Value.Events),
        health.Skipped,
        health.DeadLetters,
        health.Formats.ToDictionary(f => f.Key, f => (IReadOnlyDictionary<string, double>)Shares(f.Value)),
        lateEvents);

    private static Dictionary<string, double> Shares(FormatHealth health) =>
        health.Missing.ToDictionary(field => field.Key, field => Math.Round(health.ShareMissing(field.Key), 4));
}

/// <summary>
/// A budget for the whole fleet, and the thresholds that keep within it, counted over all days; <see langword="null"/> if there are none.
/// They keep within it in the days after the history, by the forecast. They are chosen by <c>truth</c> (most attacks found; only false
/// alerts count) or by <c>forecast</c>: of the thresholds that use up the budget, those whose alerts change least in the course of the
/// history. Lost and gained alerts are relative to the present thresholds. Where incidents are alerts, <c>chosen_incidents</c> has the
/// choice, and <c>chosen</c> is <see langword="null"/>.
/// </summary>
public sealed record BudgetReport(
    string Budget, double AlertsPerDay, string ChosenBy, GridCell? Chosen, int AlertsGivenUp, IReadOnlyList<string>? AttacksLost,
        IReadOnlyList<string>? AttacksGained)
{
    /// <summary>The threshold of the incidents' score that keeps within the budget.</summary>
    public IncidentCell? ChosenIncidents { get; init; }

    /// <summary>The file of container <c>rules</c> that applies the choice; <see langword="null"/> without one.</summary>
    public JsonObject? RuleFile { get; init; }

    /// <summary>With <c>--budget-days</c>: the result on the days on which the thresholds were not chosen.</summary>
    public RealisedReport? Realised { get; init; }
}

/// <summary>
/// One attack. The time to detect is from its first step to its first alert, in event time. That is the first step that was alerted, or the
/// end of a window on which a cluster rule alerted; in that case no step needs to be found. The rule is the one of that alert. An incident
/// is alerted with the first message in which it holds a step.
/// </summary>
public sealed record ChainReport(
    string Chain, int Steps, int StepsFound, DateTimeOffset Begin, double? SecondsToDetect, string? Rule = null)
{
    /// <summary>Its steps that were reported as findings after the learning period; the three below are known only of incidents.</summary>
    public int? AlertableSteps { get; init; }

    /// <summary>Number of incidents that hold steps of it.</summary>
    public int? Incidents { get; init; }

    /// <summary>The largest share of its alertable steps that one incident holds, 0–1.</summary>
    public double? ShareOfSteps { get; init; }

    /// <summary>From its first finding to its first incident, in seconds of the hub's clock; 0 where the incident came first.</summary>
    public double? SecondsFromFirstFinding { get; init; }

    /// <summary>Whether some alert found it.</summary>
    [JsonIgnore]
    public bool IsFound => SecondsToDetect is not null;
}

/// <summary>
/// One alert: a launch with the rules that fired and are not suppressed, the leading one first. The uid is the same for the same event,
/// whatever rules and model; the chain is the attack that it belongs to. For a rule on clusters the time is the end of the window, the
/// probability the mean of its launches', the chain the first of those in it; it has no lineage. For an incident the time is that of its
/// first alert, by the clock of incidents, and the chain the first of those in it. The rules are those of its steps, the heaviest step's
/// first. Lineage, probability and rarity are those of the heaviest step. The risk is 0–100.
/// </summary>
public sealed record DetectionReport(
    string Uid, IReadOnlyList<string> Rules, DateTimeOffset Time, string Host, string Lineage, double Probability, double? Rarity,
        string? Chain, ClusterReport? Cluster = null, IncidentReport? Incident = null, int? Risk = null)
{
    /// <summary>The severity, in OCSF's words.</summary>
    public string Severity { get; init; } = "";

    /// <summary>What a finding about one launch says of it; <see langword="null"/> for a cluster or an incident.</summary>
    public LaunchReport? Launch { get; init; }
}

/// <summary>
/// The launch of a finding. Command lines are their first <see cref="MaxCommandLine"/> UTF-16 units. What the source does not know is
/// <see langword="null"/>. Techniques are ATT&amp;CK ids; reasons are the strongest, in words.
/// </summary>
public sealed record LaunchReport(
    string Program, string? CommandLine, string? Parent, string? ParentCommandLine, string? User, IReadOnlyList<string> Techniques,
        IReadOnlyList<string> Reasons)
{
    /// <summary>Maximum length of a command line.</summary>
    public const int MaxCommandLine = 4_096;
}

/// <summary>
/// A window of launches that a rule on clusters alerted on. Chains are the attacks with a step among the launches; <see langword="null"/>
/// without truth.
/// </summary>
public sealed record ClusterReport(
    string By, string Entity, DateTimeOffset WindowStart, int Launches, double ProbabilitySum, double DeviationsAbove,
        IReadOnlyList<string>? Chains)
{
    /// <summary>What the entity is, as a report names it: <c>parent</c>, <c>host</c> or <c>user</c>.</summary>
    public static string WordOf(ClusterKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>What was summed up.</summary>
    [JsonIgnore]
    public SumKey Sum => new(ClockWindow.At(WindowStart), Enum.Parse<ClusterKind>(By, ignoreCase: true), Entity);
}
