using Changeling.Catalogues;

namespace Changeling.Incidents;

/// <summary>What a message about an incident is written from, under one set of limits; the same for both formats.</summary>
internal sealed class IncidentMessageParts
{
    public IncidentMessageParts(
        Incident incident, IncidentActivity activity, bool isAlert, DateTimeOffset now, IncidentLimits limits, long? wholeBytes,
        AttackNames names)
    {
        (Incident, Activity, IsAlert, Now, Limits, WholeBytes, Names) = (incident, activity, isAlert, now, limits, wholeBytes, names);
        Members = [.. incident.InOrder().OrderByDescending(m => m.Weight).Take(limits.Members).InOrder()];
        Tree = IncidentTree.Of(Members, limits.Levels);
        Hosts = [.. incident.Hosts.Take(limits.List)];
        Users = [.. incident.Accounts(system: false).Take(limits.List)];
        SystemUsers = [.. incident.Accounts(system: true).Take(limits.List)];
        var story = new Story(names, limits.Name);
        (Headline, Text, Why) = (story.Headline(incident, activity), story.Tell(incident), story.Why(incident));
        Ending = Story.Ending(incident, activity);
    }

    public Incident Incident { get; }

    public IncidentActivity Activity { get; }

    public bool IsAlert { get; }

    public DateTimeOffset Now { get; }

    public IncidentLimits Limits { get; }

    /// <summary>Size without limits; <see langword="null"/> while nothing is left out.</summary>
    public long? WholeBytes { get; }

    public AttackNames Names { get; }

    /// <summary>The steps that the message has, in order of start.</summary>
    public IReadOnlyList<IncidentMember> Members { get; }

    public IncidentTree Tree { get; }

    public IReadOnlyList<string> Hosts { get; }

    /// <summary>Accounts of people and services.</summary>
    public IReadOnlyList<string> Users { get; }

    /// <summary>Accounts of Windows itself.</summary>
    public IReadOnlyList<string> SystemUsers { get; }

    public string Headline { get; }

    public string Text { get; }

    public string Why { get; }

    public string? Ending { get; }

    /// <summary>All steps, also those that the message does not have.</summary>
    public int Steps => Incident.Members.Count + Incident.LeftOut;

    /// <summary>Steps that the message does not have.</summary>
    public int LeftOut => Steps - Members.Count;
}
