using Changeling.Backtest.Gathering;
using Changeling.Exceptions;

namespace Changeling.Backtest.Trials;

/// <summary>The alerts of a backtest that an exception would have hidden.</summary>
/// <param name="Hidden">The hidden alerts.</param>
/// <param name="All">All alerts, those about clusters included.</param>
public sealed record ExceptionDryRun(IReadOnlyList<Alert> Hidden, int All)
{
    /// <summary>The hidden share, 0–1.</summary>
    public double Share => All == 0 ? 0 : (double)Hidden.Count / All;

    /// <summary>Hidden steps of attacks.</summary>
    public IReadOnlyList<Alert> True => [.. Hidden.Where(a => a.IsTrue)];

    /// <summary>Runs a history with the present exceptions, and applies the new one to the remaining alerts.</summary>
    /// <param name="item">The new exception.</param>
    /// <param name="present">The exceptions in force; one with the same id is left out.</param>
    /// <param name="groups">Host groups.</param>
    /// <param name="alertsUnder">Runs the history with the given exceptions and returns its alerts.</param>
    /// <exception cref="InvalidDataException">The history has no alert, so the exception cannot be tested.</exception>
    public static async Task<ExceptionDryRun> RunAsync(
        ExceptionItem item, IEnumerable<ExceptionItem> present, HostGroups groups,
        Func<ExceptionList, Task<IReadOnlyList<Alert>>> alertsUnder)
    {
        var inForce = present.Where(i => i.Id != item.Id).ToList();
        var alerts = await alertsUnder(ExceptionList.Of(inForce, groups));
        if (alerts.Count == 0)
            throw new InvalidDataException(
                $"the history has no alerts, so {item.Id} cannot be tested; pass a history that is longer than the learning period, or shorten the period with --emit-after.");

        // An exception without rules also keeps launches out of the sums. Only a second run shows which clusters it hides.
        var asksAgain = item.Rules is null && alerts.Any(a => a.Report.Cluster is not null);
        return Of(item, groups, alerts, asksAgain ? await alertsUnder(ExceptionList.Of([.. inForce, item], groups)) : alerts);
    }

    /// <summary>Applies the new exception to findings of an earlier run that the present exceptions leave.</summary>
    /// <param name="item">The new exception.</param>
    /// <param name="present">The exceptions in force; one with the same id is left out.</param>
    /// <param name="groups">Host groups.</param>
    /// <param name="findings">The findings.</param>
    /// <exception cref="InvalidDataException">There are none, so the exception cannot be tested.</exception>
    public static ExceptionDryRun OfKept(
        ExceptionItem item, IEnumerable<ExceptionItem> present, HostGroups groups, IReadOnlyList<Alert> findings)
    {
        var inForce = ExceptionList.Of(present.Where(i => i.Id != item.Id), groups);
        var left = findings.Where(f => Consult(inForce, f).Suppressed.Count < f.Report.Rules.Count).ToList();
        return left.Count > 0
            ? Of(item, groups, left, left)
            : throw new InvalidDataException($"the files have no finding about a launch or a cluster, so {item.Id} cannot be tested.");
    }

    /// <summary>Applies the exception to every alert, as the pipeline does.</summary>
    /// <param name="item">The item.</param>
    /// <param name="groups">Host groups.</param>
    /// <param name="alerts">The alerts without it.</param>
    /// <param name="left">
    /// The alerts of a run with the exception. Clusters that are not among them had too few launches left, and are hidden too.
    /// </param>
    internal static ExceptionDryRun Of(ExceptionItem item, HostGroups groups, IReadOnlyList<Alert> alerts, IReadOnlyList<Alert> left)
    {
        var (hidden, stays) =
            (HiddenBy(item, groups, alerts).ToHashSet(), left.Select(a => a.Report.Uid).ToHashSet(StringComparer.Ordinal));
        return new(
            [.. alerts.Where(a => hidden.Contains(a) || (a.Report.Cluster is not null && !stays.Contains(a.Report.Uid)))], alerts.Count);
    }

    /// <summary>The alerts that an item suppresses.</summary>
    internal static IEnumerable<Alert> HiddenBy(ExceptionItem item, HostGroups groups, IEnumerable<Alert> alerts)
    {
        var list = ExceptionList.Of([item], groups);
        return alerts.Where(alert => Consult(list, alert).Suppressed.Count >= alert.Report.Rules.Count);
    }

    private static ExceptionRuling Consult(ExceptionList list, Alert alert) => alert switch
    {
        { Launch: { } launch } => list.Consult(launch, alert.Clock, alert.Report.Rules, isSummed: false),
        { Report.Cluster: { } cluster } => list.Consult(cluster.Sum, alert.Report.Rules),
        _ => ExceptionRuling.None,
    };
}
