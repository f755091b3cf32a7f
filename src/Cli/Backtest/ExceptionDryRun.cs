using Changeling.Exceptions;

namespace Changeling.Cli.Backtest;

/// <summary>What an exception would have hidden of the alerts of a backtest.</summary>
/// <param name="Hidden">The alerts that would be gone.</param>
/// <param name="All">All alerts about a launch; those of the rules on clusters are not asked about.</param>
internal sealed record ExceptionDryRun(IReadOnlyList<Alert> Hidden, int All)
{
    /// <summary>The hidden share, 0–1.</summary>
    public double Share => All == 0 ? 0 : (double)Hidden.Count / All;

    /// <summary>Hidden steps of attacks.</summary>
    public IReadOnlyList<Alert> True => [.. Hidden.Where(a => a.IsTrue)];

    /// <summary>Asks the item about every alert, as the pipeline asks the list.</summary>
    public static ExceptionDryRun Of(ExceptionItem item, HostGroups groups, IReadOnlyList<Alert> alerts) =>
        new([.. HiddenBy(item, groups, alerts)], alerts.Count(a => a.Launch is not null));

    /// <summary>The alerts that an item suppresses.</summary>
    public static IEnumerable<Alert> HiddenBy(ExceptionItem item, HostGroups groups, IEnumerable<Alert> alerts)
    {
        var list = ExceptionList.Of([item], groups);
        return alerts.Where(a => a.Launch is not null && list.Consult(a.Launch, a.Clock, [a.Report.Rule], isSummed: false).Suppressed.Count > 0);
    }
}
