using Changeling.Incidents;

namespace Changeling.Backtest.Gathering;

/// <summary>Finds the incident that a signal went to: the one that has it as a step, or a step that it repeats.</summary>
internal sealed class IncidentSteps
{
    /// <summary>A step that is repeated within this time is the same step.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private readonly Dictionary<Guid, Guid> _byUid = [];
    private readonly Dictionary<(string Step, string Host), List<(IncidentMember Member, Guid Incident)>> _byStep = [];

    /// <summary>Takes the incidents that changed.</summary>
    public IncidentSteps(IEnumerable<Incident> incidents)
    {
        foreach (var incident in incidents)
        {
            foreach (var member in incident.Members)
            {
                _byUid.TryAdd(member.Signal.Uid, incident.Id);
                if (member.Count == 1) continue;
                var key = (member.Signal.Step, member.Signal.Host);
                if (!_byStep.TryGetValue(key, out var repeated)) _byStep[key] = repeated = [];
                repeated.Add((member, incident.Id));
            }
        }
    }

    /// <summary>The incident of a signal; <see langword="null"/> for one that is usual in this fleet, or was left out.</summary>
    public Guid? Find(Signal signal)
    {
        if (_byUid.TryGetValue(signal.Uid, out var incident)) return incident;
        foreach (var (member, repeated) in _byStep.GetValueOrDefault((signal.Step, signal.Host)) ?? [])
        {
            if ((member.LastTime - signal.Time).Duration() <= Longest) return repeated;
        }

        return null;
    }
}
