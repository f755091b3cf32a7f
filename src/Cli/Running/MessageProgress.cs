using Spectre.Console;

namespace Changeling.Cli.Running;

/// <summary>A progress bar for the messages that the app has processed.</summary>
internal static class MessageProgress
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows the bar while the work continues.</summary>
    /// <param name="console">Where the bar is shown.</param>
    /// <param name="total">Total number of messages.</param>
    /// <param name="done">Messages answered so far.</param>
    /// <param name="work">The work.</param>
    public static Task ShowAsync(IAnsiConsole console, int total, Func<int> done, Func<Task> work) => console.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(async context =>
        {
            var bar = context.AddTask("telemetry to detections", maxValue: total);
            var working = work();
            while (!working.IsCompleted)
            {
                await Task.WhenAny(working, Task.Delay(Refresh));
                bar.Value = done();
            }

            await working;
        });
}
