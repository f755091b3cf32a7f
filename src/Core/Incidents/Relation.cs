namespace Changeling.Incidents;

/// <summary>
/// Whether a signal belongs to an incident: by the process tree, by account and time, by host and time; and on other hosts, where the same
/// account or the same unusual command goes on.
/// </summary>
internal static class Relation
{
    /// <summary>An account's steps on one host this close together are one session, as far as is known: no source names sessions.</summary>
    public static readonly TimeSpan Session = TimeSpan.FromMinutes(45);

    /// <summary>Steps of different accounts on one host belong together when they are this close: rights were gained.</summary>
    public static readonly TimeSpan OtherAccount = TimeSpan.FromMinutes(15);

    /// <summary>An account that goes on on another host does so within this time.</summary>
    public static readonly TimeSpan Movement = TimeSpan.FromMinutes(60);

    /// <summary>
    /// Branches below a process that is no step itself belong together within this time: a server's worker starts children all day.
    /// </summary>
    public static readonly TimeSpan Branches = TimeSpan.FromHours(2);

    /// <summary>A step and what it started, and the same command on another host, belong together within this time.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>What a step must weigh to connect hosts: weak steps are common enough to be on two hosts by chance.</summary>
    public const double LeastAcrossHosts = 0.4;

    /// <summary>Programs that start everything, so that a common ancestor of this name connects nothing.</summary>
    private static readonly HashSet<string> Roots = new(StringComparer.Ordinal)
    {
        "explorer.exe", "services.exe", "svchost.exe", "wininit.exe", "winlogon.exe", "userinit.exe", "smss.exe", "system", "taskhostw.exe",
        "sihost.exe", "runtimebroker.exe", "taskeng.exe", "lsass.exe",
    };

    /// <summary>Whether a signal belongs to an incident.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="weight">What the signal weighs on its own.</param>
    public static bool Connects(Incident incident, Signal signal, double weight) =>
        incident.Members.Any(m => Connects(m, signal, weight));

    private static bool Connects(IncidentMember member, Signal signal, double weight)
    {
        var apart = Apart(member, signal.Time);
        if (weight < IncidentScore.Least) return member.Signal.Host == signal.Host && apart <= InTree(member.Signal, signal);
        return member.Signal.Host == signal.Host
            ? apart <= OnHost(member.Signal, signal)
            : Math.Min(member.Weight, weight) >= LeastAcrossHosts && apart <= AcrossHosts(member.Signal, signal);
    }

    private static TimeSpan OnHost(Signal member, Signal signal)
    {
        var (byTree, byAccount) = (InTree(member, signal), IsSameAccount(member, signal) ? Session : OtherAccount);
        return byTree > byAccount ? byTree : byAccount;
    }

    /// <summary>How far apart two launches of one host may be by their place in the process tree.</summary>
    private static TimeSpan InTree(Signal a, Signal b)
    {
        if (b.Ancestors.Any(p => IsSame(p, a.Process)) || a.Ancestors.Any(p => IsSame(p, b.Process))) return Longest;
        return Above(a).Any(p => Above(b).Any(q => IsSame(p, q))) ? Branches : TimeSpan.MinValue;
    }

    private static TimeSpan AcrossHosts(Signal member, Signal signal)
    {
        if (member.Step == signal.Step) return Longest;
        return !signal.IsSystem && IsSameAccount(member, signal) ? Movement : TimeSpan.MinValue;
    }

    private static bool IsSameAccount(Signal a, Signal b) =>
        a.User is not null && string.Equals(a.User, b.User, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<SignalProcess> Above(Signal signal) => signal.Ancestors.Where(p => !Roots.Contains(p.Name));

    private static bool IsSame(SignalProcess a, SignalProcess b) => a.Guid is not null && b.Guid is not null
        ? string.Equals(a.Guid, b.Guid, StringComparison.OrdinalIgnoreCase)
        : a.Pid is not null && a.Pid == b.Pid && a.Name == b.Name;

    private static TimeSpan Apart(IncidentMember member, DateTimeOffset time)
    {
        if (time < member.Signal.Time) return member.Signal.Time - time;
        return time > member.LastTime ? time - member.LastTime : TimeSpan.Zero;
    }
}
