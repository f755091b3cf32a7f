using System.CommandLine;

namespace Changeling.Cli.Backtest;

/// <summary><c>changeling backtest show REPORT</c>: a report that was saved, for people.</summary>
internal static class ShowCommand
{
    public static Command Create(CliConsole console)
    {
        var report = new Argument<string>("REPORT") { Description = "A report that 'backtest --json' wrote." }.AsPath(console);
        var reports = new ReportOptions(console);
        var command = new Command("show", "Show a saved report again, or make its page or spreadsheets.") { report };
        reports.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, async () =>
        {
            var name = parsed.GetRequiredValue(report);
            var saved = await ReportFiles.ReadAsync(name, console, cancellation);
            var files = reports.Read(parsed);
            files.RequireWritable([name]);
            await files.WriteAsync(saved, cancellation);
            ReportText.Show(console.Out, saved);
            return Verb.Success;
        }));
        return command;
    }
}
