using Changeling.Backtest;
using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;
using Spectre.Console;

namespace Changeling.Cli.Backtest;

/// <summary>A progress bar for each step of a backtest.</summary>
internal static class BacktestProgress
{
    /// <summary>Runs a backtest and shows its progress.</summary>
    public static Task<BacktestReport> RunAsync(IAnsiConsole console, BacktestRun run, CancellationToken cancellationToken) =>
        console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var bars = new Dictionary<HistoryStep, ProgressTask>();
                return run.RunAsync(new Synchronous<HistoryProgress>(Show), cancellationToken);

                void Show(HistoryProgress progress)
                {
                    if (!bars.TryGetValue(progress.Step, out var bar))
                        bars[progress.Step] = bar = context.AddTask(Title(progress.Step), maxValue: 1);
                    bar.Value = progress.Share;
                }
            });

    private static string Title(HistoryStep step) => step switch
    {
        HistoryStep.Ordering => "order of the history",
        _ => "history → detections",
    };
}
