using System.Globalization;
using System.Text.Json;
using Changeling.Findings;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>What a backtest with incidents as alerts says, which is the default.</summary>
public sealed class IncidentReportTests(BacktestFleet fleet)
{
    private List<JsonElement> Alerts => [.. fleet.Incidents.GetProperty("detections").EnumerateArray()];

    private IEnumerable<JsonElement> Messages =>
        fleet.Sent.Where(s => s.GetProperty("class_uid").GetInt32() == DetectionEnvelope.IncidentClassUid);

    [Fact]
    public void The_report_counts_incidents_and_says_so()
    {
        var alerts = Messages.Where(m => m.GetProperty("is_alert").GetBoolean())
            .Select(m => m.GetProperty("metadata").GetProperty("correlation_uid").GetString()).Distinct().ToList();

        Assert.NotEmpty(Alerts);
        Assert.Equal("incidents", fleet.Incidents.GetProperty("alert_kind").GetString());
        Assert.Equal(Alerts.Count, fleet.Incidents.GetProperty("alerts").GetInt32());
        Assert.All(Alerts, a => Assert.Contains(a.GetProperty("uid").GetString(), alerts));
        Assert.All(Alerts, a => Assert.Equal(a.GetProperty("uid").GetString(), a.GetProperty("incident").GetProperty("uid").GetString()));
        Assert.All(
            fleet.Sent.Where(s => s.GetProperty("class_uid").GetInt32() == DetectionEnvelope.FindingClassUid),
            finding => Assert.False(finding.GetProperty("is_alert").GetBoolean()));
    }

    [Fact]
    public void Steps_and_chains_are_those_of_the_truth()
    {
        var steps = fleet.Truth.Where(t => t.GetProperty("label").GetInt32() == 1).ToDictionary(
            t => DetectionId.Of(t.GetProperty("identity").GetString()!).ToString(), t => t.GetProperty("chain").GetString());

        Assert.All(Alerts.SelectMany(a => a.GetProperty("incident").GetProperty("steps").EnumerateArray()), step => Assert.Equal(
            steps.GetValueOrDefault(step.GetProperty("uid").GetString()!), step.GetProperty("chain").GetString()));
        var found = Alerts.SelectMany(a => a.GetProperty("incident").GetProperty("chains").EnumerateArray())
            .Select(c => c.GetProperty("chain").GetString()).Distinct().ToList();
        Assert.Contains("made/chain", found);
        Assert.Equal(found.Count, fleet.Incidents.GetProperty("attacks_found").GetInt32());
        Assert.Equal(
            Alerts.Count(a => a.GetProperty("chain").ValueKind == JsonValueKind.Null),
            fleet.Incidents.GetProperty("false_alerts").GetInt32());
    }

    [Fact]
    public void The_report_has_the_tree_of_each_incident_as_its_last_message_has_it()
    {
        var last = Messages.GroupBy(m => m.GetProperty("metadata").GetProperty("correlation_uid").GetString()!)
            .ToDictionary(g => g.Key, g => g.Last().GetProperty("unmapped").GetProperty("changeling"));

        Assert.All(Alerts.Select(a => a.GetProperty("incident")), incident =>
        {
            var sent = last[incident.GetProperty("uid").GetString()!];
            Assert.Equal(sent.GetProperty("why").GetString(), incident.GetProperty("why").GetString());
            Assert.Equal(
                Items(sent, "processes").Select(p => (Text(p, "name"), Text(p, "command_line"), Text(p, "uid"))),
                Items(incident, "processes").Select(p => (Text(p, "name"), Text(p, "command_line"), Text(p, "step"))));
        });

        static IEnumerable<JsonElement> Items(JsonElement of, string name) => of.GetProperty(name).EnumerateArray();

        static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var text) ? text.GetString() : null;
    }

    [Fact]
    public void Programs_and_users_count_the_incidents_that_have_them_in_a_step()
    {
        var incidents = Alerts.Select(a => a.GetProperty("incident")).ToList();

        AssertTops("top_programs", i => i.GetProperty("processes").EnumerateArray()
            .Where(p => p.GetProperty("step").ValueKind == JsonValueKind.String).Select(p => p.GetProperty("name").GetString()!));
        AssertTops("top_users", i => i.GetProperty("steps").EnumerateArray()
            .Select(s => s.GetProperty("user").GetString()).OfType<string>());

        void AssertTops(string tops, Func<JsonElement, IEnumerable<string>> names)
        {
            var counted = incidents.SelectMany(i => names(i).Distinct()).CountBy(name => name).ToDictionary();
            var said = fleet.Incidents.GetProperty(tops).EnumerateArray().ToList();
            Assert.NotEmpty(said);
            Assert.All(said, top => Assert.Equal(counted[top.GetProperty("name").GetString()!], top.GetProperty("alerts").GetInt32()));
            Assert.Equal(Math.Min(20, counted.Count), said.Count);
        }
    }

    [Fact]
    public void The_terminal_lists_the_worst_incidents_first_with_hosts_steps_titles_and_score()
    {
        var output = fleet.IncidentOutcome.Output;
        var worst = Alerts.OrderByDescending(a => a.GetProperty("incident").GetProperty("score").GetDouble()).ToList();
        var list = output[output.IndexOf("The worst incidents", StringComparison.Ordinal)..];

        Assert.InRange(worst.Count, 2, 20);
        var rows = worst.Select(a => a.GetProperty("time").GetDateTimeOffset().ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture))
            .Select(time => list.IndexOf(time, StringComparison.Ordinal)).ToList();
        Assert.All(rows, row => Assert.NotEqual(-1, row));
        Assert.Equal(0, rows.IndexOf(rows.Min()));
        var row = list.Split('\n').First(line => line.Contains(Time(worst[0]), StringComparison.Ordinal));
        var score = worst[0].GetProperty("incident").GetProperty("score").GetDouble().ToString("0.00", CultureInfo.InvariantCulture);
        Assert.Contains(score, row, StringComparison.Ordinal);
        Assert.Contains(worst[0].GetProperty("host").GetString()!, row, StringComparison.Ordinal);
        Assert.DoesNotContain(worst[0].GetProperty("rules")[0].GetString()!, row, StringComparison.Ordinal);
    }

    [Fact]
    public void The_unit_is_said_wherever_something_is_counted()
    {
        var (incidents, findings) = (fleet.IncidentOutcome.Output, fleet.Outcome.Output);
        var (some, all) = (fleet.Incidents.GetProperty("alerts").GetInt32(), fleet.Report.GetProperty("alerts").GetInt32());

        Assert.Contains($"{some} incidents, ", incidents, StringComparison.Ordinal);
        Assert.Contains("hosts with most incidents", incidents, StringComparison.Ordinal);
        Assert.Contains("incident threshold 0.55", incidents, StringComparison.Ordinal);
        Assert.Contains($"{all} findings, ", findings, StringComparison.Ordinal);
        Assert.Contains("hosts with most findings", findings, StringComparison.Ordinal);
        Assert.DoesNotContain("incident", findings, StringComparison.Ordinal);
        Assert.Contains("for 1,000 hosts and day", findings, StringComparison.Ordinal);
    }

    [Fact]
    public void The_budget_has_the_file_that_applies_it_and_the_work_that_it_is()
    {
        var budget = fleet.Incidents.GetProperty("budget");
        var chosen = budget.GetProperty("chosen_incidents");
        var threshold = chosen.GetProperty("threshold").GetDouble().ToString("0.00##", CultureInfo.InvariantCulture);

        Assert.Equal("truth", budget.GetProperty("chosen_by").GetString());
        Assert.Equal(JsonValueKind.Null, budget.GetProperty("chosen").ValueKind);
        Assert.InRange(chosen.GetProperty("expected").GetProperty("alerts_per_day").GetDouble(), 0, 12);
        Assert.Contains("false ones a day are expected after it", fleet.IncidentOutcome.Output, StringComparison.Ordinal);
        Assert.Contains("a day are expected after the history, attacks aside", fleet.IncidentOutcome.Output, StringComparison.Ordinal);
        Assert.Contains($"Budget 12/day: incident threshold {threshold} gave", fleet.IncidentOutcome.Output, StringComparison.Ordinal);
        Assert.Contains("hours a day at 10 minutes each", fleet.IncidentOutcome.Output, StringComparison.Ordinal);
        var file = budget.GetProperty("rule_file");
        Assert.Equal(
            (chosen.GetProperty("threshold").GetDouble(), "thresholds"),
            (file.GetProperty("incident").GetDouble(), file.GetProperty("id").GetString()));
        Assert.Equal(
            "unusual-process-by-parent",
            fleet.Report.GetProperty("budget").GetProperty("rule_file").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_higher_threshold_takes_incidents_away_and_the_comparison_names_them()
    {
        (await Terminal.RunAsync(
            fleet.Folder, "backtest", "fleet.jsonl", "--truth", "truth.jsonl", "--emit-after", "6", "--incident-threshold", "0.05",
            "--json", "low.json")).Succeeded();
        var lost = fleet.Json("low.json").GetProperty("alerts").GetInt32() - Alerts.Count;

        var outcome = (await Terminal.RunAsync(fleet.Folder, "backtest", "compare", "low.json", "incidents.json")).Succeeded();

        Assert.NotEqual(0, lost);
        Assert.Contains($"0 incidents gained, {lost} lost", outcome.Output, StringComparison.Ordinal);
        (await Terminal.RunAsync(fleet.Folder, "backtest", "compare", "incidents.json", "report.json"))
            .FailedWith("the reports count different alerts, incidents and findings", "the same --alerts");
    }

    private static string Time(JsonElement alert) =>
        alert.GetProperty("time").GetDateTimeOffset().ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
