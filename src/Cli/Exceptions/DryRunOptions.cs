using System.CommandLine;
using Changeling.Cli.Backtest;
using Changeling.Exceptions;

namespace Changeling.Cli.Exceptions;

/// <summary>The history that an exception is tried on, for the commands that do so.</summary>
internal sealed class DryRunOptions
{
    private const int UsualPartitions = 4;

    private readonly Option<string?> _truth = new("--truth") { Description = "The truth, as simulate --truth writes it: shows which true detections would be hidden.", HelpName = "FILE" };
    private readonly Option<int> _emitAfter = NumberOption.Create("--emit-after", "Hours that partitions learn before detections are alerts (the app's Detections:EmitAfter).", 24);

    public void AddTo(Command command)
    {
        command.Add(_truth);
        command.Add(_emitAfter);
    }

    /// <summary>Sends the history through the pipeline with the exceptions there are, and asks the new one about what is left.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="names">Files and folders of the history.</param>
    /// <param name="item">The new one.</param>
    /// <param name="present">Those in force; one with the same id is left out.</param>
    /// <param name="groups">Host groups.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="CliException">The history cannot be read, or has no alert.</exception>
    public async Task<ExceptionDryRun> RunAsync(
        ParseResult parsed, IEnumerable<string> names, ExceptionItem item, IEnumerable<ExceptionItem> present, HostGroups groups, CancellationToken cancellationToken)
    {
        var options = new BacktestOptions
        {
            Files = HistoryFiles.Of(names, [parsed.GetValue(_truth)]),
            Truth = parsed.GetValue(_truth),
            EmitAfter = TimeSpan.FromHours(Math.Clamp(parsed.GetValue(_emitAfter), 0, 30 * 24)),
            Partitions = UsualPartitions,
        };
        var truth = options.Truth is null ? null : await Truth.ReadAsync(options.Truth, cancellationToken);
        var inForce = present.Where(i => i.Id != item.Id).ToList();
        var alerts = await AlertsAsync(inForce);
        if (alerts.Count == 0) throw new CliException($"the history has no alerts, so {item.Id} cannot be tested; pass a history that is longer than the learning period, or shorten the period with --emit-after.");

        // Without rules it keeps launches out of the sums besides: only another run says which clusters that takes.
        var asksAgain = item.Rules is null && alerts.Any(a => a.Report.Cluster is not null);
        return ExceptionDryRun.Of(item, groups, alerts, asksAgain ? await AlertsAsync([.. inForce, item]) : alerts);

        async Task<IReadOnlyList<Alert>> AlertsAsync(IEnumerable<ExceptionItem> items)
        {
            var run = new BacktestRun(options, InstalledFiles.Model(null), InstalledFiles.Prior(null), truth, null, ExceptionList.Of(items, groups));
            await BacktestCommand.WithProgressAsync(run, options, cancellationToken);
            return run.Alerts;
        }
    }
}
