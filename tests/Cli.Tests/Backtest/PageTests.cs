using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Changeling.Backtest.Reports;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>The pages of <c>backtest --report</c> and <c>evaluate --report</c>.</summary>
public sealed class PageTests(BacktestFleet fleet)
{
    /// <summary>A page with every fault that the browser is to find, so that it is known to find it.</summary>
    private const string Faulty = """
        <!DOCTYPE html><html lang="en"><title>Faulty</title><style>@media print { .body { display: none } }</style>
        <script>alert(1)</script><img src="other.png" onerror="alert(2)" alt="">
        <main><h1 style="color:#bbb;background:#fff">Faint</h1><div style="width:900px">Wide</div>
        <details open><summary tabindex="-1">Out of reach</summary><div class="body">Not on paper</div></details></main>
        """;

    private static readonly string[] ExpectedFaults =
    [
        "it asks for file://", "it opens a dialog: 1", "it opens a dialog: 2", "it has an element script",
        "an attribute of img is a script", "its policy lets something run", "pixels wide in a window of 360", "color-contrast",
        "the keyboard reaches 0 of 1", "1 parts are not printed",
    ];

    private BacktestReport Incidents => BacktestReport.Read("incidents.json", fleet.Folder.Read("incidents.json"));

    private BacktestReport Findings => BacktestReport.Read("report.json", fleet.Folder.Read("report.json"));

    [Fact]
    public async Task In_a_browser_pages_load_nothing_run_nothing_fit_a_phone_print_whole_and_are_accessible()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "The browser of tools/page is for Linux on x64.");
        HostileReport.Of(Incidents).Save(fleet.Folder, "hostile-incidents.json");
        HostileReport.Of(Findings).Save(fleet.Folder, "hostile-findings.json");
        (Incidents with { Alerts = 0, Detections = [], ByRule = [], TopLineages = [], Budget = null }).Save(fleet.Folder, "quiet.json");
        List<string> pages = [];
        foreach (var name in new[] { "incidents", "report", "hostile-incidents", "hostile-findings", "quiet" })
        {
            (await Terminal.RunAsync(fleet.Folder, "backtest", "show", $"{name}.json", "--report", $"{name}.html")).Succeeded();
            pages.Add(fleet.Folder[$"{name}.html"]);
        }

        fleet.Folder.Write("labelled.jsonl", Labelled());
        (await Terminal.RunAsync(
            fleet.Folder, "evaluate", "--data", "labelled.jsonl", "--report", "evaluation.html", "--resamples", "5")).Succeeded();
        pages.Add(fleet.Folder["evaluation.html"]);

        fleet.Folder.Write("faulty.html", Encoding.UTF8.GetBytes(Faulty));
        pages.Add(fleet.Folder["faulty.html"]);

        var faults = (await PageCheck.FaultsAsync(pages, TestContext.Current.CancellationToken))
            .ToLookup(fault => fault.StartsWith("faulty.html", StringComparison.Ordinal));
        Assert.Empty(faults[false]);
        foreach (var part in ExpectedFaults) Assert.Contains(faults[true], fault => fault.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_has_the_answer_first_and_every_incident_with_its_command_lines_and_reasons()
    {
        var page = await PageAsync("incidents.json", "answer.html");
        var report = Incidents;

        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("<h1>", StringComparison.Ordinal) < page.IndexOf("<h2", StringComparison.Ordinal));
        Assert.Contains($"<h1>{report.Alerts} incidents in", page, StringComparison.Ordinal);
        Assert.Contains("The budget of 12/day will be kept, by the forecast:", page, StringComparison.Ordinal);
        var text = WebUtility.HtmlDecode(page);
        Assert.NotEmpty(report.Detections);
        Assert.All(report.Detections.Select(d => d.Incident!), incident =>
        {
            Assert.Contains(incident.Uid, text, StringComparison.Ordinal);
            Assert.Contains(incident.Headline, text, StringComparison.Ordinal);
            Assert.All(incident.Steps.SelectMany(s => s.Reasons), reason => Assert.Contains(reason, text, StringComparison.Ordinal));
            Assert.All(
                incident.Processes.Select(p => p.CommandLine).OfType<string>(),
                line => Assert.Contains(line, text, StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task The_page_of_a_run_is_the_page_of_its_saved_report()
    {
        (await Terminal.RunAsync(
            fleet.Folder, "backtest", "fleet.jsonl", "--truth", "truth.jsonl", "--emit-after", "6", "--budget", "12/day", "--report",
            "run.html", "--csv", "run")).Succeeded();

        var saved = await PageAsync("incidents.json", "saved.html", "--csv", "saved");

        Assert.Equal(saved, Encoding.UTF8.GetString(fleet.Folder.Read("run.html")));
        Assert.All(
            new[] { "incidents.csv", "findings.csv" },
            name => Assert.Equal(fleet.Folder.Read($"saved/{name}"), fleet.Folder.Read($"run/{name}")));
    }

    [Fact]
    public async Task Outputs_that_cannot_be_are_refused_before_any_work()
    {
        fleet.Folder.Write("a-file", "x"u8);

        (await Terminal.RunAsync(fleet.Folder, "backtest", "fleet.jsonl", "--report", "fleet.jsonl"))
            .RefusedWith("fleet.jsonl would be overwritten", "name another file");
        (await Terminal.RunAsync(fleet.Folder, "backtest", "fleet.jsonl", "--report", "missing/page.html"))
            .RefusedWith("missing/page.html", "its folder does not exist");
        (await Terminal.RunAsync(fleet.Folder, "backtest", "fleet.jsonl", "--csv", "a-file")).RefusedWith("a-file is a file");
        (await Terminal.RunAsync(fleet.Folder, "backtest", "show", "fleet.jsonl")).RefusedWith("fleet.jsonl is not a backtest report");
    }

    private async Task<string> PageAsync(string report, string page, params string[] more)
    {
        (await Terminal.RunAsync(fleet.Folder, ["backtest", "show", report, "--report", page, .. more])).Succeeded();
        return Encoding.UTF8.GetString(fleet.Folder.Read(page));
    }

    /// <summary>Labelled rows with a hostile command line each.</summary>
    private static byte[] Labelled() => Encoding.UTF8.GetBytes(string.Join('\n', HostileReport.Texts.Select((text, i) =>
        JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["id"] = $"row {i}: {text}",
            ["tuple_id"] = $"{i}",
            ["dataset"] = text,
            ["label"] = i % 2,
            ["host"] = "LAB1",
            ["process_name"] = "cmd.exe",
            ["process_executable"] = @"C:\Windows\System32\cmd.exe",
            ["command_line"] = text,
            ["parent_name"] = "explorer.exe",
        }))));
}
