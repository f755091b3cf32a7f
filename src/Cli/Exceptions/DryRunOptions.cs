using System.CommandLine;
using Changeling.Backtest;
using Changeling.Backtest.Trials;
using Changeling.Cli.Backtest;
using Changeling.Deciding;
using Changeling.Exceptions;
using Changeling.Findings;
using Changeling.Rules;

namespace Changeling.Cli.Exceptions;

/// <summary>The history for testing an exception, for the commands that do so.</summary>
internal sealed class DryRunOptions(CliConsole console)
{
    private const int UsualPartitions = 4;

    private readonly Option<string?> _truth = new Option<string?>("--truth")
    {
        Description = "Ground truth that 'simulate --truth' wrote: shows which true detections would be hidden.",
        HelpName = "FILE",
    }.AsOptionalPath(console);
    private readonly Option<int> _emitAfter = NumberOption.Create(
        "--emit-after", "Hours that a partition learns before its detections are alerts (Detections:EmitAfter of the app).", 24);

    public void AddTo(Command command)
    {
        command.Add(_truth);
        command.Add(_emitAfter);
    }

    /// <summary>
    /// Sends the history through the pipeline with the present exceptions, or takes the findings that an earlier run kept, and applies the
    /// new exception to the remaining alerts.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="names">Files and folders of the history, or files of detections.</param>
    /// <param name="item">The new exception.</param>
    /// <param name="present">The exceptions in force; one with the same id is left out.</param>
    /// <param name="groups">Host groups.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="CliException">The history cannot be read, or has no alert.</exception>
    public async Task<ExceptionDryRun> RunAsync(
        ParseResult parsed, IReadOnlyList<string> names, ExceptionItem item, IEnumerable<ExceptionItem> present, HostGroups groups,
        CancellationToken cancellationToken)
    {
        if (await AreKeptAsync(names, cancellationToken))
        {
            var known = await BacktestFiles.TruthAsync(parsed.GetValue(_truth), console, cancellationToken);
            return ExceptionDryRun.OfKept(
                item, present, groups, await KeptFindings.ReadAsync(names, known, console, cancellationToken));
        }

        var options = new BacktestOptions
        {
            Files = await TelemetryFiles.OfAsync(names, [parsed.GetValue(_truth)], console, cancellationToken),
            Truth = parsed.GetValue(_truth),
            Alerts = AlertKind.Findings,
            EmitAfter = TimeSpan.FromHours(Math.Clamp(parsed.GetValue(_emitAfter), 0, 30 * 24)),
            Partitions = UsualPartitions,
        };
        var truth = await BacktestFiles.TruthAsync(options.Truth, console, cancellationToken);
        return await ExceptionDryRun.RunAsync(item, present, groups, async exceptions =>
        {
            var snapshot = new PipelineSnapshot(
                InstalledFiles.Model(null), InstalledFiles.Prior(null), RuleSet.Shipped)
            { Exceptions = exceptions };
            var run = new BacktestRun(options, snapshot, truth);
            await BacktestProgress.RunAsync(console.Progress, run, cancellationToken);
            return run.Findings;
        });
    }

    /// <summary>Whether all files hold detections, so that nothing has to be decided again.</summary>
    private async Task<bool> AreKeptAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            if (!await KeptFindings.IsInAsync(name, console, cancellationToken)) return false;
        }

        return names.Count > 0;
    }
}
