using System.Text.Json;
using System.Text.Json.Nodes;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>A finding that a report names, explained from the report.</summary>
public sealed class ExplainFromReportTests(BacktestFleet fleet)
{
    [Fact]
    public async Task Every_finding_of_a_report_is_explained_as_from_the_file_of_detections()
    {
        var findings = Alerts("report.json").Where(a => a.GetProperty("cluster").ValueKind == JsonValueKind.Null)
            .Select(a => a.GetProperty("uid").GetString()!).ToList();

        Assert.NotEmpty(findings);
        foreach (var uid in findings) await AssertSameAsync(uid, "report.json", "detections.jsonl");
    }

    [Fact]
    public async Task Every_step_with_a_rule_is_explained_as_from_the_file_of_detections()
    {
        var steps = Alerts("incidents.json").SelectMany(a => a.GetProperty("incident").GetProperty("steps").EnumerateArray())
            .Where(step => step.GetProperty("is_finding").GetBoolean()).Select(step => step.GetProperty("uid").GetString()!).ToList();

        Assert.NotEmpty(steps);
        foreach (var uid in steps) await AssertSameAsync(uid, "incidents.json", "sent.jsonl");
    }

    [Fact]
    public async Task What_a_report_does_not_have_is_an_error_that_says_what_to_name()
    {
        var alert = Alerts("incidents.json").First(a => HasFinding(a));
        var uid = alert.GetProperty("incident").GetProperty("steps").EnumerateArray().First(IsFinding).GetProperty("uid").GetString()!;
        var before = JsonNode.Parse(fleet.Folder.Read("incidents.json"))!.AsObject();
        before["schema"] = "changeling.backtest/4";
        before.Remove("finding_messages");
        before.Remove("rule_titles");
        fleet.Folder.Write("layout-4.json", JsonSerializer.SerializeToUtf8Bytes(before));

        (await ExplainAsync("none", "incidents.json")).FailedWith("there is no finding none in");
        (await ExplainAsync(alert.GetProperty("uid").GetString()!, "incidents.json"))
            .FailedWith("is an incident; name one of its findings");
        (await ExplainAsync(uid, "layout-4.json")).FailedWith("without its launch", "'backtest --output'");
        Assert.Contains(
            "The worst incidents",
            (await Terminal.RunAsync(fleet.Folder, "backtest", "show", "layout-4.json")).Succeeded().Output,
            StringComparison.Ordinal);

        static bool HasFinding(JsonElement alert) => alert.GetProperty("incident").GetProperty("steps").EnumerateArray().Any(IsFinding);

        static bool IsFinding(JsonElement step) => step.GetProperty("is_finding").GetBoolean();
    }

    private List<JsonElement> Alerts(string report) => [.. fleet.Json(report).GetProperty("detections").EnumerateArray()];

    private async Task AssertSameAsync(string uid, string report, string detections)
    {
        foreach (var form in new[] { "--json", "--all" })
        {
            var (from, expected) = (await ExplainAsync(uid, report, form), await ExplainAsync(uid, detections, form));
            Assert.Equal(expected.Succeeded().Output, from.Succeeded().Output);
        }
    }

    private Task<Outcome> ExplainAsync(string uid, string file, string form = "--json") =>
        Terminal.RunAsync(fleet.Folder, "explain", "--finding", uid, "--in", file, form);
}
