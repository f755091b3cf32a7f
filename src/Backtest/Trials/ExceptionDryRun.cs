using Changeling.Backtest.Gathering;
using Changeling.Exceptions;

namespace Changeling.Backtest.Trials;

/// <summary>What an exception would have hidden of the alerts of a backtest.</summary>
/// <param name="Hidden">The alerts that would be gone.</param>
/// <param name="All">All alerts, those about clusters included.</param>
public sealed record ExceptionDryRun(IReadOnlyList<Alert> Hidden, int All)
{
    /// <summary>The hidden share, 0–1.</summary>
    public double Share => All == 0 ? 0 : (double)Hidden.Count / All;

    /// <summary>Hidden steps of attacks.</summary>
    public IReadOnlyList<Alert> True => [.. Hidden.Where(a => a.IsTrue)];

    /// <summary>Runs a history with the exceptions there are, and asks the new one about the alerts that are left.</summary>
    /// <param name="item">The new one.</param>
    /// <param name="present">Those in force; one with the same id is left out.</param>
    /// <param name="groups">Host groups.</param>
    /// <param name="alertsUnder">Runs the history under exceptions: its alerts.</param>
    /// <exception cref="InvalidDataException">The history has no alert, so it says nothing of the item.</exception>
    public static async Task<ExceptionDryRun> RunAsync(
        ExceptionItem item, IEnumerable<ExceptionItem> present, HostGroups groups,
        Func<ExceptionList, Task<IReadOnlyList<Alert>>> alertsUnder)
    {
        var inForce = present.Where(i => i.Id != item.Id).ToList();
        var alerts = await alertsUnder(ExceptionList.Of(inForce, groups));
        if (alerts.Count == 0)
            throw new InvalidDataException(
                $"the history has no alerts, so {item.Id} cannot be tested; pass a history that is longer than the learning period, or shorten the period with --emit-after.");

        // Without rules it keeps launches out of the sums besides: only another run says which clusters that takes.
        var asksAgain = item.Rules is null && alerts.Any(a => a.Report.Cluster is not null);
        return Of(item, groups, alerts, asksAgain ? await alertsUnder(ExceptionList.Of([.. inForce, item], groups)) : alerts);
    }

    /// <summary>Asks the item about every alert, as the pipeline asks the list.</summary>
    /// <param name="item">The item.</param>
    /// <param name="groups">Host groups.</param>
    /// <param name="alerts">The alerts without it.</param>
    /// <param name="left">Those of a run with it: clusters that are not among them had too few launches left, and are hidden too.</param>
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
        return alerts.Where(alert => Consult(list, alert).Suppressed.Count > 0);
    }

    private static ExceptionRuling Consult(ExceptionList list, Alert alert) => alert switch
    {
        { Launch: { } launch } => list.Consult(launch, alert.Clock, [alert.Report.Rule], isSummed: false),
        { Report.Cluster: { } cluster } => list.Consult(cluster.Sum, [alert.Report.Rule]),
        _ => ExceptionRuling.None,
    };
}
