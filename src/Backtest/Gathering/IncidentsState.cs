using Changeling.Backtest.Reports;

namespace Changeling.Backtest.Gathering;

/// <summary>A <see cref="GatheredIncident"/>. Steps of attacks are stored by their identity.</summary>
internal sealed record GatheredIncidentState(
    Guid Id,
    IReadOnlyList<ScorePeak> Peaks,
    IReadOnlyList<string> Steps,
    IReadOnlyList<Guid> Findings,
    IReadOnlyDictionary<string, DateTimeOffset> Shown,
    DateTimeOffset? AlertAt,
    IncidentReport? Report);
