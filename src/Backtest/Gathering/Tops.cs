using Changeling.Backtest.Reports;

namespace Changeling.Backtest.Gathering;

/// <summary>What most alerts are about.</summary>
internal static class Tops
{
    private const int Most = 20;

    /// <summary>The names in most alerts: an alert counts once for each name.</summary>
    /// <param name="alerts">The alerts.</param>
    /// <param name="part">The name of a place, and what is counted beside it.</param>
    public static IReadOnlyList<TopReport> Of(IEnumerable<Alert> alerts, Func<Place, (string? Name, string? Other)> part) =>
    [
        .. alerts.SelectMany(a => Places(a).Select(part), (alert, p) => (alert.Report.Uid, p.Name, p.Other))
            .Where(a => a.Name is { Length: > 0 })
            .GroupBy(a => a.Name!, StringComparer.Ordinal)
            .Select(g => new TopReport(
                g.Key,
                g.Select(a => a.Uid).Distinct(StringComparer.Ordinal).Count(),
                g.Select(a => a.Other).Where(o => o is { Length: > 0 }).Distinct(StringComparer.Ordinal).Count()))
            .OrderByDescending(t => t.Alerts).ThenBy(t => t.Name, StringComparer.Ordinal).Take(Most),
    ];

    /// <summary>Where the launches of an alert were. A cluster has no lineage, and a host or user only if it is about one.</summary>
    private static IEnumerable<Place> Places(Alert alert) => alert.Report switch
    {
        { Incident: { } incident } => PlacesOf(incident),
        { Cluster: { } cluster } => cluster.By switch
        {
            "host" => [new(null, null, cluster.Entity, null)],
            "user" => [new(null, null, null, cluster.Entity)],
            _ => [],
        },
        var report => [new(report.Lineage, report.Launch?.Program, report.Host, report.Launch?.User)],
    };

    private static IEnumerable<Place> PlacesOf(IncidentReport incident)
    {
        var programs = incident.Processes.Where(p => p.Step is not null).DistinctBy(p => p.Step)
            .ToDictionary(p => p.Step!, p => p.Name, StringComparer.Ordinal);
        return incident.Steps.Select(s => new Place(s.Lineage, programs.GetValueOrDefault(s.Uid), s.Host, s.User));
    }

    /// <summary>Lineage, program, host and user of a launch, as far as they are known.</summary>
    internal sealed record Place(string? Lineage, string? Program, string? Host, string? User);
}
