using Spectre.Console;

namespace Changeling.Cli.Baseline;

/// <summary>Progress of work on rows, on a terminal only.</summary>
internal static class RowProgress
{
    public static Task<T> RunAsync<T>(string what, double most, Func<IProgress<long>, Task<T>> work) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
        .Progress()
        .AutoRefresh(!Console.IsErrorRedirected)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn())
        .StartAsync(context =>
        {
            var bar = context.AddTask(Markup.Escape(what), maxValue: Math.Max(1, most));
            bar.IsIndeterminate = most <= 0;
            return work(new Rows(rows => (bar.Value, bar.Description) = (rows, Markup.Escape($"{what} {rows:N0} rows"))));
        });

    private sealed class Rows(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
