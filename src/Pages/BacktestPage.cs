using Changeling.Backtest.Reports;
using Changeling.Pages.Shell;

namespace Changeling.Pages;

/// <summary>The page of a backtest: one HTML file without scripts, which loads nothing.</summary>
public static class BacktestPage
{
    /// <summary>Maximum number of alerts that the page has in full; the worst come first.</summary>
    public const int MaxAlerts = 1_000;

    /// <summary>Writes the page. The same report always gives the same bytes.</summary>
    /// <param name="report">The report.</param>
    /// <param name="file">Receives the page, in UTF-8; it stays open.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static Task WriteAsync(BacktestReport report, Stream file, CancellationToken cancellationToken) =>
        HtmlPage.WriteAsync<Backtests.BacktestDocument>(report, file, cancellationToken);
}
