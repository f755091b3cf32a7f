using Spectre.Console;

namespace Changeling.Cli.Baseline;

/// <summary>Progress of work on rows, on a terminal only.</summary>
internal static class RowProgress
{
    public static Task<T> RunAsync<T>(CliConsole console, string what, double most, Func<IProgress<long>, Task<T>> work) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(console.Error) })
        .Progress()
        .AutoRefresh(!console.IsErrorRedirected)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn())
        .StartAsync(context =>
        {
            var bar = context.AddTask(Markup.Escape(what), maxValue: Math.Max(1, most));
            bar.IsIndeterminate = most <= 0;
            return work(new Synchronous<long>(rows => (bar.Value, bar.Description) = (rows, Markup.Escape($"{what} {rows:N0} rows"))));
        });
}
