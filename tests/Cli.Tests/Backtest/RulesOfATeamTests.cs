using System.Text;
using System.Text.Json;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>Backtests with a team's own rules, thresholds and exceptions, and the rules that a budget writes.</summary>
public sealed class RulesOfATeamTests(BacktestFleet fleet)
{
    [Theory]
    [InlineData("incidents", "40/day", "chosen_incidents")]
    [InlineData("findings", "300/day", "chosen")]
    public async Task The_rules_that_a_budget_writes_give_what_it_promised(string alerts, string budget, string choice)
    {
        string[] run = ["backtest", "fleet.jsonl", "--emit-after", "6", "--alerts", alerts];
        var (report, rules, applied) = ($"{alerts}-budget.json", $"{alerts}-rules.json", $"{alerts}-applied.json");

        (await Terminal.RunAsync(fleet.Folder, [.. run, "--budget", budget, "--json", report, "--write-rules", rules])).Succeeded();
        (await Terminal.RunAsync(fleet.Folder, [.. run, "--rules", rules, "--json", applied])).Succeeded();

        var promised = fleet.Json(report).GetProperty("budget").GetProperty(choice);
        var got = fleet.Json(applied);
        var clusters = got.GetProperty("detections").EnumerateArray()
            .Count(d => d.GetProperty("cluster").ValueKind == JsonValueKind.Object);
        Assert.Equal(promised.GetProperty("alerts").GetInt32(), got.GetProperty("alerts").GetInt32() - clusters);
    }

    [Fact]
    public async Task A_budget_that_no_thresholds_keep_writes_no_rules_and_says_so()
    {
        (await Terminal.RunAsync(
            fleet.Folder, "simulate", "--hosts", "7", "--hours", "14", "--attacks", "2", "--format", "mixed", "--inject", "rows.jsonl",
            "--output", "short.jsonl")).Succeeded();

        var outcome = await Terminal.RunAsync(
            fleet.Folder, "backtest", "short.jsonl", "--emit-after", "6", "--alerts", "findings", "--budget", "0.1/day", "--json",
            "too-much.json", "--write-rules", "none.json");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("changeling: no thresholds keep within the budget, so ", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("none.json was not written.", outcome.Errors, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, fleet.Json("too-much.json").GetProperty("budget").GetProperty("chosen").ValueKind);
        Assert.False(File.Exists(fleet.Folder["none.json"]));
    }

    [Theory]
    [InlineData("""{ "id": "thresholds", "incident": 2 }""", "incident is 2, must be from 0.05 to 0.99")]
    [InlineData("""{ "id": "no-such-rule", "enabled": true }""", "own.json: ")]
    public async Task Rules_that_are_not_valid_are_refused_before_anything_is_read(string file, string message)
    {
        fleet.Folder.Write("own.json", Encoding.UTF8.GetBytes(file));

        (await Terminal.RunAsync(fleet.Folder, "backtest", "fleet.jsonl", "--rules", "own.json")).FailedWith(message);
    }

    [Fact]
    public async Task Two_files_of_one_rule_are_refused()
    {
        foreach (var name in new[] { "first.json", "second.json" })
            fleet.Folder.Write(name, """{ "id": "suspicious-low-probability", "enabled": true }"""u8);

        (await Terminal.RunAsync(fleet.Folder, "backtest", "fleet.jsonl", "--rules", "first.json", "second.json"))
            .FailedWith("first.json and ", "second.json have the same id 'suspicious-low-probability'");
    }

    [Theory]
    [InlineData("incidents")]
    [InlineData("findings")]
    public async Task A_rule_of_the_team_has_its_title_in_report_terminal_and_page(string alerts)
    {
        const string Title = "Program of the Team's Own Rule";
        fleet.Folder.Write("title.json", Encoding.UTF8.GetBytes($$"""
            { "id": "own-of-the-team", "name": "{{Title}}", "version": "1", "enabled": true, "severity": "high", "riskScore": 73,
              "analytic": "rule", "condition": { "anyOf": [ { "probabilityAbove": 0.5 } ] }, "mostPerHour": 100,
              "attack": [ { "tactic": "TA0002", "technique": "T1059" } ],
              "description": "A test.", "triage": [ "Look." ], "references": [],
              "examples": [
                { "say": "likely", "malicious": true, "probability": 0.9, "rarity": 50, "fires": true },
                { "say": "unlikely", "malicious": false, "probability": 0.1, "rarity": 50, "fires": false } ] }
            """));
        var (report, page) = ($"{alerts}-title.json", $"{alerts}-title.html");

        (await Terminal.RunAsync(
            fleet.Folder, "backtest", "fleet.jsonl", "--emit-after", "6", "--alerts", alerts, "--rules", "title.json", "--json", report,
            "--report", page)).Succeeded();
        var shown = (await Terminal.RunAsync(fleet.Folder, "backtest", "show", report)).Succeeded().Output;

        Assert.Equal(Title, fleet.Json(report).GetProperty("rule_titles").GetProperty("own-of-the-team").GetString());
        Assert.Contains($"{Title} (own-of-the-team)", shown, StringComparison.Ordinal);
        var html = Encoding.UTF8.GetString(fleet.Folder.Read(page));
        Assert.Contains("Program of the Team&#x27;s Own Rule", html, StringComparison.Ordinal);
        Assert.DoesNotContain("own-of-the-team", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exceptions_of_files_hide_what_they_match()
    {
        fleet.Folder.Write(
            "known.json",
            """
            { "id": "known", "name": "All of it", "owner": "a team", "reason": "a test", "created": "2026-01-01T00:00:00Z",
              "conditions": [ { "field": "host.name", "type": "wildcard", "values": ["*.corp.example"] } ] }
            """u8);

        (await Terminal.RunAsync(
            fleet.Folder, "backtest", "fleet.jsonl", "--emit-after", "6", "--exceptions", "known.json", "--json", "hidden.json"))
            .Succeeded();

        Assert.NotEqual(0, fleet.Incidents.GetProperty("alerts").GetInt32());
        Assert.Equal(0, fleet.Json("hidden.json").GetProperty("alerts").GetInt32());
    }
}
