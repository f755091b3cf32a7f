using System.Text.Json.Serialization;
using Changeling.Catalogues;
using Changeling.Rules;

namespace Changeling.Incidents;

/// <summary>
/// Launches that belong together: one attack, as far as it was seen. It is watched from its first signal on, and sent from the moment at
/// which the whole is worth the attention of a person.
/// </summary>
public sealed record Incident
{
    /// <summary>The id: made from its first member, and fixed with the first commit.</summary>
    public required Guid Id { get; init; }

    /// <summary>Where it is in its life.</summary>
    public IncidentStatus Status { get; init; } = IncidentStatus.Watched;

    /// <summary>Its steps in order of start, at most <see cref="MaxMembers"/>, the least telling left out first.</summary>
    public required IReadOnlyList<IncidentMember> Members { get; init; }

    /// <summary>Steps that were left out.</summary>
    public int LeftOut { get; init; }

    /// <summary>Findings of cluster rules on its hosts, accounts and parents: the first of each rule and entity.</summary>
    public IReadOnlyList<IncidentCluster> Clusters { get; init; } = [];

    /// <summary>How suspicious the whole is, 0–1: the part of such incidents that a person would act on, by judgement.</summary>
    public double Score { get; init; }

    /// <summary>When it was first sent, clock of incidents, UTC; <see langword="null"/> before.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it was last sent; <see langword="null"/> before the first time.</summary>
    public DateTimeOffset? Sent { get; init; }

    /// <summary>Number of messages about it.</summary>
    public int Revision { get; init; }

    /// <summary>Whether it changed since it was last sent.</summary>
    public bool HasNews { get; init; }

    /// <summary>The incident that it was joined to, when it turned out that both are one; <see langword="null"/> otherwise.</summary>
    public Guid? JoinedTo { get; init; }

    /// <summary>Maximum number of members.</summary>
    public const int MaxMembers = 48;

    /// <summary>When its last member, or a repetition of one, reached the hub, UTC.</summary>
    [JsonIgnore]
    public DateTimeOffset Last => Members.Max(m => m.LastTime);

    /// <summary>When its last new step reached the hub, UTC. A repetition is none.</summary>
    [JsonIgnore]
    public DateTimeOffset LastStep => Members.Max(m => m.Signal.Time);

    /// <summary>When its first step started, by the endpoint's clock, UTC.</summary>
    [JsonIgnore]
    public DateTimeOffset Begin => Members.Min(m => m.Signal.Started);

    /// <summary>When its last step started, by the endpoint's clock, UTC.</summary>
    [JsonIgnore]
    public DateTimeOffset End => Members.Max(m => m.Signal.Started);

    /// <summary>The hosts, in order of their first step.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Hosts => [.. Members.Select(m => m.Signal.Host).Distinct(StringComparer.Ordinal)];

    /// <summary>The accounts, in order of their first step, those of Windows itself included.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Users =>
        [.. Members.Select(m => m.Signal.User).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>ATT&amp;CK ids of all steps, in order of their first step.</summary>
    [JsonIgnore]
    public IReadOnlyList<AttackReference> Attacks => [.. Members.SelectMany(m => m.Signal.Attacks).Distinct()];

    /// <summary>Whether every step that weighs something was seen while the deployment learned: then it is no alert.</summary>
    [JsonIgnore]
    public bool IsNote => Members.All(m => m.Signal.IsNote || m.Weight < IncidentScore.Least);

    /// <summary>The risk of the whole, 0–100: its score, and never less than that of its worst step.</summary>
    [JsonIgnore]
    public int Risk => Math.Max((int)Math.Round(100 * Score), Members.Max(m => m.Signal.Risk));

    /// <summary>The severity of the whole: that of its risk, and never less than that of its worst step.</summary>
    [JsonIgnore]
    public Severity Severity => (Severity)Math.Max((int)Findings.Risk.SeverityOf(Risk), (int)Members.Max(m => m.Signal.Severity));
}

/// <summary>Where an incident is in its life.</summary>
public enum IncidentStatus
{
    /// <summary>Not yet worth a message.</summary>
    Watched,

    /// <summary>Sent, and growing.</summary>
    Open,

    /// <summary>Sent, and quiet for a while. A late member opens it again.</summary>
    Closed,
}

/// <summary>One step of an incident, and how often it was repeated.</summary>
/// <param name="Signal">The step, as it was first seen.</param>
/// <param name="Count">How often it was seen, at least 1.</param>
/// <param name="LastTime">When it last reached the hub, UTC.</param>
/// <param name="Weight">What it adds to the score on its own, 0–1, after what is usual in this fleet was taken off.</param>
public sealed record IncidentMember(Signal Signal, int Count, DateTimeOffset LastTime, double Weight);

/// <summary>A finding of a cluster rule on a host or account of the incident.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Entity">The parent, host or user that it is about.</param>
/// <param name="Window">Start of its window, UTC.</param>
public sealed record IncidentCluster(string Rule, string Entity, DateTimeOffset Window)
{
    /// <summary>Whether another finding is about a further window of the same.</summary>
    public bool IsOfSame(IncidentCluster other) => Rule == other.Rule && Entity == other.Entity;
}
