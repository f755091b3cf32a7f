using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;
using Changeling.Catalogues;
using Changeling.Incidents;

namespace Changeling.Backtest.Gathering;

/// <summary>
/// Collects the incidents of a backtest: those that were sent, and of those that were only watched what other thresholds need.
/// </summary>
/// <param name="truth">The ground truth, if it is known.</param>
/// <param name="names">Names of tactics and techniques.</param>
internal sealed class GatheredIncidents(Truth? truth, AttackNames names)
{
    private readonly SortedDictionary<Guid, GatheredIncident> _incidents = [];

    /// <summary>The score from which incidents were sent at the end, 0–1; <see langword="null"/> before the first signal.</summary>
    public double? Threshold { get; private set; }

    /// <summary>Every incident that reached some score after the learning period.</summary>
    public IReadOnlyList<IncidentCandidate> Candidates =>
        [.. _incidents.Values.Select(i => i.Candidate).Where(c => c.Peaks.Count > 0)];

    /// <summary>Ids of the findings that are steps of an alerted incident.</summary>
    public IReadOnlySet<string> AlertedFindings => _incidents.Values.Where(i => i.AlertAt is not null)
        .SelectMany(i => i.Findings).Select(uid => uid.ToString()).ToHashSet(StringComparer.Ordinal);

    /// <summary>The incidents that were sent and are no alerts, because all of their steps are from the learning period.</summary>
    public IReadOnlyList<IncidentReport> Notes =>
        [.. _incidents.Values.Where(i => i.AlertAt is null).Select(i => i.Report).OfType<IncidentReport>()];

    /// <summary>Everything that was collected.</summary>
    public IReadOnlyList<GatheredIncidentState> State => [.. _incidents.Select(i => i.Value.State(i.Key))];

    /// <summary>Restores what an earlier run collected with the same ground truth.</summary>
    public void TakeOver(IEnumerable<GatheredIncidentState> state)
    {
        foreach (var incident in state) _incidents[incident.Id] = GatheredIncident.Of(incident, truth);
    }

    /// <summary>The alerts, in order of id.</summary>
    /// <param name="alertable">The steps of attacks that were reported as findings after the learning period.</param>
    public IReadOnlyList<Alert> Alerts(IReadOnlySet<TruthStep> alertable)
    {
        var ofChain = alertable.CountBy(step => step.Chain!).ToDictionary(StringComparer.Ordinal);
        return [.. _incidents.Values.Where(i => i is { AlertAt: not null, Report: not null }).Select(i => AlertOf(i, alertable, ofChain))];
    }

    /// <summary>Adds the result of one run.</summary>
    /// <param name="outcome">The incidents that changed.</param>
    /// <param name="read">The signals that were read.</param>
    /// <param name="clock">The clock of incidents, UTC.</param>
    /// <param name="now">The newest time that reached the hub, UTC.</param>
    public void Add(IncidentOutcome outcome, IReadOnlyList<Signal> read, DateTimeOffset clock, DateTimeOffset now)
    {
        Threshold = outcome.Threshold ?? Threshold;
        var present = outcome.Changed.Where(i => i.JoinedTo is null).ToList();
        foreach (var incident in present) Of(incident.Id).Set(incident, clock, truth, names);
        var into = new Dictionary<Guid, Guid>();
        foreach (var joined in outcome.Changed)
        {
            if (joined.JoinedTo is not { } other) continue;
            if (_incidents.Remove(joined.Id, out var known)) Of(other).Join(known);
            into[joined.Id] = other;
        }

        var steps = new IncidentSteps(present);
        foreach (var signal in read)
        {
            if (steps.Find(signal) is { } id) Of(id).Hold(signal, truth);
        }

        foreach (var sent in outcome.Sent.Where(s => s.IsAlert)) Of(Last(sent.Incident.Id, into)).Alert(clock, now);
    }

    private static Guid Last(Guid id, Dictionary<Guid, Guid> into)
    {
        while (into.TryGetValue(id, out var other)) id = other;
        return id;
    }

    private Alert AlertOf(GatheredIncident incident, IReadOnlySet<TruthStep> alertable, Dictionary<string, int> ofChain)
    {
        var report = incident.Report! with
        {
            Chains = truth is null ? null : [.. incident.Chains.Select(chain => ChainOf(chain, incident, alertable, ofChain))],
        };
        return new Alert(IncidentReports.AlertOf(report, incident.AlertAt!.Value), null, null, incident.AlertAt.Value)
        {
            Held = incident.Steps,
            Shown = incident.Shown,
        };
    }

    private static IncidentChainReport ChainOf(
        string chain, GatheredIncident incident, IReadOnlySet<TruthStep> alertable, Dictionary<string, int> ofChain)
    {
        var steps = incident.Steps.Where(s => s.Chain == chain).ToList();
        var (findings, all) = (steps.Count(alertable.Contains), ofChain.GetValueOrDefault(chain));
        return new(chain, steps.Count, findings, all, all == 0 ? null : Math.Round((double)findings / all, 4));
    }

    private GatheredIncident Of(Guid id)
    {
        if (!_incidents.TryGetValue(id, out var incident)) _incidents[id] = incident = new();
        return incident;
    }
}
