using Changeling.Cli.Detections;

namespace Changeling.Cli.Demo;

/// <summary>What a demo's detections say about the attacks that were simulated.</summary>
internal sealed class DemoOutcome
{
    /// <summary>Compares the detections with the truth.</summary>
    /// <param name="incidents">All messages about incidents, in any order.</param>
    /// <param name="findings">All findings.</param>
    /// <param name="truth">The steps of the simulated attacks, in order of time.</param>
    public DemoOutcome(IEnumerable<IncidentView> incidents, IReadOnlyList<FindingView> findings, IReadOnlyList<AttackTruth> truth)
    {
        Incidents =
        [
            .. incidents.GroupBy(i => i.Id, StringComparer.Ordinal)
                .Select(messages => messages.MaxBy(i => i.Revision)!)
                .Where(i => i.JoinedTo is null)
                .OrderBy(i => i.Start),
        ];
        var steps = Incidents.SelectMany(i => i.Steps).Select(s => s.Uid).ToHashSet(StringComparer.Ordinal);
        var clusters = Incidents.SelectMany(i => i.Clusters).ToHashSet();
        Elsewhere = [.. findings.Where(f => f.Cluster is { } c ? !clusters.Contains(c) : !steps.Contains(f.Id)).OrderBy(f => f.Time)];

        var reported = findings.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var alerts = Incidents.Where(i => i.IsAlert).ToList();
        Attacks =
        [
            .. truth.GroupBy(t => t.Chain, StringComparer.Ordinal).Select(chain => new AttackOutcome(
                chain.Key,
                [
                    .. chain.Select(step => alerts.Select(incident => StepOutcome.In(incident, step)).FirstOrDefault(s => s is not null)
                        ?? new StepOutcome(step)
                        {
                            HasFinding = step.Id is { } id && reported.Contains(id),
                            IsInNote = Incidents.Any(incident => StepOutcome.In(incident, step) is not null),
                        }),
                ])),
        ];
        var all = Attacks.SelectMany(a => a.Steps).Select(s => s.Found?.Uid).ToHashSet(StringComparer.Ordinal);
        Attacks =
            [.. Attacks.Select(a => a with { Others = a.Incidents.SelectMany(i => i.Steps).Count(step => !all.Contains(step.Uid)) })];

        var attacks = Attacks.SelectMany(a => a.Incidents).Select(i => i.Id).ToHashSet(StringComparer.Ordinal);
        var attack = truth.Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        OtherAlerts = alerts.Count(i => !attacks.Contains(i.Id)) + findings.Count(f => f.IsAlert && !attack.Contains(f.Id));
    }

    /// <summary>The last message about each incident, in order of their first steps.</summary>
    public IReadOnlyList<IncidentView> Incidents { get; }

    /// <summary>The findings that are in none of the incidents, in order of time.</summary>
    public IReadOnlyList<FindingView> Elsewhere { get; }

    /// <summary>What was found of each attack.</summary>
    public IReadOnlyList<AttackOutcome> Attacks { get; }

    /// <summary>Alerts on anything but the attacks.</summary>
    public int OtherAlerts { get; }
}

/// <summary>What was found of one attack.</summary>
/// <param name="Chain">The attack's id.</param>
/// <param name="Steps">Its steps in order of time.</param>
internal sealed record AttackOutcome(string Chain, IReadOnlyList<StepOutcome> Steps)
{
    /// <summary>The incidents that hold any of its steps.</summary>
    public IReadOnlyList<IncidentView> Incidents { get; } =
        [.. Steps.Select(s => s.Incident).OfType<IncidentView>().DistinctBy(i => i.Id, StringComparer.Ordinal)];

    /// <summary>Number of steps that are in an incident.</summary>
    public int Found => Steps.Count(s => s.Incident is not null);

    /// <summary>Steps of its incidents that are not steps of any attack.</summary>
    public int Others { get; init; }

    /// <summary>Whether the steps that are in an incident have there the order in which they happened.</summary>
    public bool IsInOrder => Steps.Select(s => s.Found?.Time).OfType<DateTimeOffset>() is var times && times.Order().SequenceEqual(times);
}

/// <summary>What became of one step of an attack.</summary>
/// <param name="Step">The step.</param>
internal sealed record StepOutcome(AttackTruth Step)
{
    /// <summary>Whether there is a finding on it.</summary>
    public bool HasFinding { get; init; }

    /// <summary>Whether it is in an incident that is no alert, because the app was still learning.</summary>
    public bool IsInNote { get; init; }

    /// <summary>The incident that it is in, if that is an alert.</summary>
    public IncidentView? Incident { get; init; }

    /// <summary>The step of the incident that it is.</summary>
    public ShownProcess? Found { get; init; }

    /// <summary>Whether it only counts as a repetition of an earlier launch.</summary>
    public bool IsRepetition => Found is not null && Found.Uid != Step.Id;

    /// <summary>The step in an incident: by its id, or as a repetition of a launch of the same program on the same host.</summary>
    /// <returns><see langword="null"/> if it is not in the incident.</returns>
    public static StepOutcome? In(IncidentView incident, AttackTruth step)
    {
        var found = incident.Steps.FirstOrDefault(p => step.Id is not null && p.Uid == step.Id)
            ?? incident.Steps.FirstOrDefault(p => p.Count > 1
                && string.Equals(p.Host, step.Event.Host.Name, StringComparison.OrdinalIgnoreCase)
                && string.Equals(p.Name, step.Event.Child.Name, StringComparison.OrdinalIgnoreCase));
        return found is null ? null : new StepOutcome(step) { HasFinding = found.Rules.Count > 0, Incident = incident, Found = found };
    }
}
