namespace Changeling.Incidents;

/// <summary>The incidents that are remembered, and what signals change about them.</summary>
internal sealed class IncidentBook
{
    /// <summary>Maximum number of incidents that are remembered after a run. Then the weakest watched ones are forgotten first.</summary>
    public const int MaxIncidents = 4_096;

    /// <summary>How many more there may be during a run, so that they are not put in order for each signal.</summary>
    public const int MaxMore = 256;

    /// <summary>Maximum number of incidents that one signal joins to one.</summary>
    public const int MaxJoined = 8;

    private readonly Habits _habits;
    private readonly Dictionary<Guid, Incident> _incidents = [];
    private readonly HashSet<Guid> _changed = [];
    private readonly IncidentIndex _index = new();

    public IncidentBook(Habits habits, IEnumerable<Incident> incidents)
    {
        _habits = habits;
        foreach (var incident in incidents) Put(incident);
        _changed.Clear();
    }

    /// <summary>Whether some must be forgotten before the run goes on.</summary>
    public bool IsOverfull => _incidents.Count > MaxIncidents + MaxMore;

    /// <summary>All, in order of id.</summary>
    public IEnumerable<Incident> All => _incidents.Values.OrderBy(i => i.Id);

    /// <summary>Ids of the incidents that changed or were forgotten since <see cref="Saved"/> was called.</summary>
    public IReadOnlyCollection<Guid> Changed => _changed;

    /// <summary>What this fleet does every night.</summary>
    public Habits Habits => _habits;

    /// <summary>An incident; <see langword="null"/> when it was forgotten.</summary>
    public Incident? Find(Guid id) => _incidents.GetValueOrDefault(id);

    /// <summary>Forgets which incidents changed: they are stored.</summary>
    public void Saved() => _changed.Clear();

    /// <summary>Adds a signal: to the incident that it repeats or belongs to, to a new one, or to none when it is usual.</summary>
    /// <returns>Incidents that turned out to be a part of an older one, and are forgotten.</returns>
    public IReadOnlyList<Incident> Add(Signal signal)
    {
        var weight = IncidentScore.Of(signal, _habits.Note(signal.Step, signal.Time));
        var near = _index.Near(signal).Select(id => _incidents[id]).ToList();
        if (near.Find(i => Repeats(i, signal)) is { } same)
        {
            Put(Repeated(same, signal, weight));
            return [];
        }

        var related = near.Where(i => Relation.Connects(i, signal, weight)).Take(MaxJoined)
            .OrderBy(i => i.Created ?? DateTimeOffset.MaxValue).ThenBy(i => i.Begin).ThenBy(i => i.Id).ToList();
        if (related.Count == 0 && weight < IncidentScore.Least) return [];
        var member = new IncidentMember(signal, 1, signal.Time, weight);
        Put(Joined(related, member));
        foreach (var other in related.Skip(1)) Remove(other);
        return [.. related.Skip(1).Select(i => i with { JoinedTo = related[0].Id })];
    }

    /// <summary>
    /// Adds the finding of a cluster rule to the incidents on its entity. The next windows of the same rule and entity are repetitions, and
    /// no news.
    /// </summary>
    public void Add(IncidentCluster cluster, Func<Signal, bool> isOf)
    {
        foreach (var incident in All.Where(i => i.Members.Any(m => isOf(m.Signal)) && !i.Clusters.Any(c => c.IsOfSame(cluster))).ToList())
            Put(Scored(incident with { Clusters = [.. incident.Clusters, cluster], HasNews = true }));
    }

    /// <summary>Puts a changed incident in the place of the old one.</summary>
    public void Put(Incident incident)
    {
        if (_incidents.TryGetValue(incident.Id, out var old)) _index.Remove(old);
        _incidents[incident.Id] = incident;
        _index.Add(incident);
        _changed.Add(incident.Id);
    }

    /// <summary>Forgets an incident.</summary>
    public void Remove(Incident incident)
    {
        _index.Remove(incident);
        _incidents.Remove(incident.Id);
        _changed.Add(incident.Id);
    }

    /// <summary>The incidents beyond the maximum number: watched ones, the weakest first, then closed ones, the oldest first.</summary>
    public IEnumerable<Incident> TooMany() => _incidents.Count <= MaxIncidents
        ? []
        : [.. _incidents.Values.Where(i => i.Status != IncidentStatus.Open)
            .OrderBy(i => i.Status)
            .ThenBy(i => i.Status == IncidentStatus.Watched ? i.Score : 0)
            .ThenBy(i => i.Last)
            .ThenBy(i => i.Id)
            .Take(_incidents.Count - MaxIncidents)];

    private static bool Repeats(Incident incident, Signal signal) => incident.Members.Any(m =>
        m.Signal.Step == signal.Step && m.Signal.Host == signal.Host && (signal.Time - m.LastTime).Duration() <= Relation.Longest);

    /// <summary>
    /// The incident with one more repetition. That is no news, so that a task which runs all day sends nothing, unless rules reported the
    /// repetition and not the step before. What was first seen while the deployment learned stays a note.
    /// </summary>
    private static Incident Repeated(Incident incident, Signal signal, double weight)
    {
        var same = incident.Members.First(m => m.Signal.Step == signal.Step && m.Signal.Host == signal.Host);
        var isReported = signal.IsFinding && !same.Signal.IsFinding;
        var first = isReported ? signal with { Started = same.Signal.Started } : same.Signal;
        var again = same with
        {
            Signal = first with { IsNote = same.Signal.IsNote },
            Count = same.Count + 1,
            LastTime = signal.Time > same.LastTime ? signal.Time : same.LastTime,
            Weight = Math.Max(same.Weight, weight),
        };
        return Scored(incident with
        {
            Members = [.. incident.Members.Select(m => ReferenceEquals(m, same) ? again : m)],
            HasNews = incident.HasNews || isReported,
        });
    }

    /// <summary>The incidents as one, with one more member. The oldest one that was sent keeps its id.</summary>
    private static Incident Joined(List<Incident> related, IncidentMember member)
    {
        var all = related.SelectMany(i => i.Members).Append(member).OrderBy(m => m.Signal.Started).ThenBy(m => m.Signal.Uid).ToList();
        var kept = MostTelling(all).Take(Incident.MaxMembers).ToHashSet();
        var first = related.Count > 0 ? related[0] : new Incident { Id = IdOf(member.Signal), Members = [] };
        return Scored(first with
        {
            Members = [.. all.Where(kept.Contains)],
            LeftOut = related.Sum(i => i.LeftOut) + all.Count - kept.Count,
            Clusters = [.. related.SelectMany(i => i.Clusters).DistinctBy(c => (c.Rule, c.Entity))],
            HasNews = true,
        });
    }

    /// <summary>
    /// The heaviest of each step first, because the same step of further hosts adds nothing to the score; the heavier ones before others.
    /// </summary>
    private static IEnumerable<IncidentMember> MostTelling(IEnumerable<IncidentMember> members)
    {
        var heaviest = members.OrderByDescending(m => m.Weight).ThenBy(m => m.Signal.Started).ThenBy(m => m.Signal.Uid).ToList();
        var first = heaviest.DistinctBy(m => m.Signal.Step).ToHashSet();
        return heaviest.OrderBy(m => first.Contains(m) ? 0 : 1);
    }

    private static Incident Scored(Incident incident) => incident with
    {
        Score = Math.Round(IncidentScore.Of(incident), 4),
    };

    private static Guid IdOf(Signal signal) => Findings.DetectionId.Of("incident", signal.Uid.ToString());
}
