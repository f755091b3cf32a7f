using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;
using Changeling.Catalogues;
using Changeling.Incidents;

namespace Changeling.Backtest.Gathering;

/// <summary>What a backtest keeps of one incident, sent or not, while the history runs.</summary>
internal sealed class GatheredIncident
{
    private readonly List<ScorePeak> _peaks = [];
    private readonly HashSet<TruthStep> _steps = [];
    private readonly HashSet<Guid> _findings = [];
    private readonly SortedDictionary<string, DateTimeOffset> _shown = new(StringComparer.Ordinal);

    /// <summary>When it first was an alert, by the clock of incidents, UTC; <see langword="null"/> if it never was.</summary>
    public DateTimeOffset? AlertAt { get; private set; }

    /// <summary>The incident as it was last; <see langword="null"/> if it was never sent.</summary>
    public IncidentReport? Report { get; private set; }

    /// <summary>The steps of attacks and the look-alikes in it, repeated ones included.</summary>
    public IReadOnlyCollection<TruthStep> Steps => _steps;

    /// <summary>Ids of the findings in it, repeated ones included.</summary>
    public IReadOnlyCollection<Guid> Findings => _findings;

    /// <summary>For each attack: when people first saw a step of it in an alert, UTC.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Shown => _shown;

    /// <summary>The attacks that it has steps of, in order of name.</summary>
    public IReadOnlyList<string> Chains =>
        [.. _steps.Select(s => s.Chain).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>It as an alert at any threshold.</summary>
    public IncidentCandidate Candidate => new(
        [.. _peaks], Chains, _steps.Count(s => s.Chain is not null), _steps.Count(s => s.Chain is null));

    /// <summary>Everything that is kept.</summary>
    /// <param name="id">The incident's id.</param>
    public GatheredIncidentState State(Guid id) => new(
        id,
        [.. _peaks],
        [.. _steps.Select(s => s.Identity!)],
        [.. _findings],
        new Dictionary<string, DateTimeOffset>(_shown),
        AlertAt,
        Report);

    /// <summary>Restores what was kept.</summary>
    public static GatheredIncident Of(GatheredIncidentState state, Truth? truth)
    {
        var incident = new GatheredIncident { AlertAt = state.AlertAt, Report = state.Report };
        incident._peaks.AddRange(state.Peaks);
        incident._steps.UnionWith(state.Steps.Select(identity => truth!.Find(identity)!));
        incident._findings.UnionWith(state.Findings);
        foreach (var (chain, at) in state.Shown) incident._shown[chain] = at;
        return incident;
    }

    /// <summary>Takes the incident as it is now.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="clock">The clock of incidents, UTC.</param>
    /// <param name="truth">The ground truth, if it is known.</param>
    /// <param name="names">Names of tactics and techniques.</param>
    public void Set(Incident incident, DateTimeOffset clock, Truth? truth, AttackNames names)
    {
        if (!incident.IsNote && (_peaks.Count == 0 || incident.Score > _peaks[^1].Score)) _peaks.Add(new(incident.Score, clock));
        if (incident.Created is not null) Report = IncidentReports.Of(incident, truth, names);
    }

    /// <summary>Adds a launch that is a step of it, or repeats one.</summary>
    public void Hold(Signal signal, Truth? truth)
    {
        if (signal.IsFinding) _findings.Add(signal.Uid);
        if (truth?.Find(signal.Uid) is { } step) _steps.Add(step);
    }

    /// <summary>Takes over an incident that turned out to be a part of this one.</summary>
    public void Join(GatheredIncident other)
    {
        List<ScorePeak> peaks = [.. _peaks.Concat(other._peaks).OrderBy(p => p.Clock).ThenBy(p => p.Score)];
        _peaks.Clear();
        foreach (var peak in peaks)
        {
            if (_peaks.Count == 0 || peak.Score > _peaks[^1].Score) _peaks.Add(peak);
        }

        _steps.UnionWith(other._steps);
        _findings.UnionWith(other._findings);
        AlertAt = Earlier(AlertAt, other.AlertAt);
        foreach (var (chain, at) in other._shown) _shown[chain] = Earlier(at, _shown.TryGetValue(chain, out var mine) ? mine : null)!.Value;
    }

    /// <summary>Notes an alert about it.</summary>
    /// <param name="clock">The clock of incidents, UTC.</param>
    /// <param name="now">When people see it: the newest time that reached the hub, UTC.</param>
    public void Alert(DateTimeOffset clock, DateTimeOffset now)
    {
        AlertAt ??= clock;
        foreach (var chain in Chains) _shown.TryAdd(chain, now);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
