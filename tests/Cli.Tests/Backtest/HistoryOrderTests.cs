using System.Text;
using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>A history in another order, as a person passes it.</summary>
public sealed class HistoryOrderTests(BacktestFleet fleet) : IDisposable
{
    private const int Interrupted = 130;

    private readonly Scratch _folder = new();

    [Fact]
    public async Task The_report_is_the_same_and_standard_error_says_what_was_sorted()
    {
        (await BacktestAsync(fleet.Folder["fleet.jsonl"], "--json", "usual.json")).Succeeded();

        var outcome = (await BacktestAsync(Reversed(), "--json", "reversed.json")).Succeeded();

        Assert.Equal(_folder.Read("usual.json"), _folder.Read("reversed.json"));
        Assert.Contains(
            "records in 1 of 1 files were older than a record before them; all were sorted by event time",
            outcome.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_days_are_used_and_what_is_older_is_said()
    {
        var day = new DateTimeOffset(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);
        int[] hours = [0, 30, 40, 50];
        var records = hours.Select(h => Telemetry.Record("services.exe", "x.exe", time: day.AddHours(h)));
        _folder.Write("a.jsonl", [.. records.SelectMany(record => record.Append((byte)'\n'))]);

        var outcome = (await BacktestAsync("a.jsonl", "--days", "1", "--json", "report.json")).Succeeded();

        var history = JsonDocument.Parse(_folder.Read("report.json")).RootElement.GetProperty("history");
        Assert.Equal((3, day.AddHours(30)), (history.GetProperty("launches").GetInt32(), history.GetProperty("from").GetDateTimeOffset()));
        Assert.Contains("1 records are older than the days of --days", outcome.Errors, StringComparison.Ordinal);
    }

    /// <summary>The files for sorting have no name from the beginning, so that nothing is left even if the program is killed.</summary>
    [Fact]
    public async Task Nothing_is_left_in_the_folder_for_temporary_files()
    {
        var temporary = Directory.CreateDirectory(_folder["tmp"]).FullName;
        var info = CommandProcess.Info(_folder, "backtest", _folder[Reversed()], "--emit-after", "6");
        (info.Environment["TMPDIR"], info.Environment["DOTNET_EnableDiagnostics"]) = (temporary, "0");

        using var run = CommandProcess.StartInterruptible(info);
        while (!Open(run.Id).Any(file => file.StartsWith(temporary, StringComparison.Ordinal)))
            await Task.Delay(2, TestContext.Current.CancellationToken);
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
        await CommandProcess.SignalAsync("INT", run.Id);

        Assert.Equal(Interrupted, (await CommandProcess.FeedAsync(run, [])).ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
    }

    [Fact]
    public async Task A_folder_for_temporary_files_that_cannot_be_used_is_named()
    {
        var outcome = await CommandProcess.RunAsync(
            _folder, new Dictionary<string, string> { ["TMPDIR"] = _folder["missing"] }, "backtest", fleet.Folder["fleet.jsonl"]);

        outcome.FailedWith($"the folder for temporary files, {_folder["missing"]}", "set TMPDIR to another folder");
    }

    public void Dispose() => _folder.Dispose();

    private Task<Outcome> BacktestAsync(string file, params string[] more) =>
        Terminal.RunAsync(_folder, ["backtest", file, "--emit-after", "6", .. more]);

    private string Reversed()
    {
        var lines = Encoding.UTF8.GetString(fleet.Folder.Read("fleet.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return _folder.Write("reversed.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', lines.Reverse())));
    }

    /// <summary>The files that a process has open.</summary>
    private static IEnumerable<string> Open(int process)
    {
        try
        {
            return [.. Directory.EnumerateFiles($"/proc/{process}/fd").Select(file => new FileInfo(file).LinkTarget ?? "")];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
