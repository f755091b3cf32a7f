using Changeling.Backtest;
using Changeling.Backtest.Reports;
using Spectre.Console;

namespace Changeling.Cli.Backtest;

/// <summary>A progress bar for the bytes that a backtest has read.</summary>
internal static class BacktestProgress
{
    /// <summary>Runs a backtest and shows its progress.</summary>
    public static Task<BacktestReport> RunAsync(
        IAnsiConsole console, BacktestRun run, BacktestOptions options, CancellationToken cancellationToken) =>
        console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var bar =
                    context.AddTask("history → detections", maxValue: Math.Max(1, options.Files.Sum(file => file.Length)));
                return run.RunAsync(new Synchronous<long>(bytes => bar.Increment(bytes)), cancellationToken);
            });
}
