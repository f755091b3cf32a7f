namespace Changeling.Incidents;

/// <summary>Finds the incidents that a signal may belong to: by host, account and step.</summary>
internal sealed class IncidentIndex
{
    private readonly Dictionary<string, HashSet<Guid>> _incidents = new(StringComparer.OrdinalIgnoreCase);

    public void Add(Incident incident)
    {
        foreach (var key in incident.Members.SelectMany(m => Keys(m.Signal)))
        {
            if (!_incidents.TryGetValue(key, out var ids)) _incidents[key] = ids = [];
            ids.Add(incident.Id);
        }
    }

    public void Remove(Incident incident)
    {
        foreach (var key in incident.Members.SelectMany(m => Keys(m.Signal)).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!_incidents.TryGetValue(key, out var ids)) continue;
            ids.Remove(incident.Id);
            if (ids.Count == 0) _incidents.Remove(key);
        }
    }

    /// <summary>Ids of the incidents with the same host, account or step, in order of id.</summary>
    public IReadOnlyList<Guid> Near(Signal signal) =>
        [.. Keys(signal).SelectMany(key => _incidents.GetValueOrDefault(key) ?? Enumerable.Empty<Guid>()).Distinct().Order()];

    private static IEnumerable<string> Keys(Signal signal)
    {
        yield return "host " + signal.Host;
        yield return "step " + signal.Step;
        if (signal is { User: { } user, IsSystem: false }) yield return "user " + user;
    }
}
