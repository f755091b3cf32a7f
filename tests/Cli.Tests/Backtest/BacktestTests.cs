using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>What a backtest with findings as alerts says of a history whose truth is known.</summary>
public sealed class BacktestTests(BacktestFleet fleet)
{
    [Fact]
    public void The_report_counts_the_alerts_that_were_written_and_never_a_note()
    {
        var alerts = fleet.Detections.Count(IsAlert);

        Assert.NotEqual(0, alerts);
        Assert.Equal(alerts, Number("alerts"));
        Assert.Equal(fleet.Detections.Count - alerts, Number("notes"));
        Assert.Equal(alerts, fleet.Report.GetProperty("detections").GetArrayLength());
        Assert.Equal(alerts, fleet.Report.GetProperty("days").EnumerateArray().Sum(day => day.GetProperty("alerts").GetInt32()));
    }

    [Fact]
    public void Alerts_a_day_are_those_after_the_learning_time_by_the_days_after_it()
    {
        var history = fleet.Report.GetProperty("history");
        var days = (history.GetProperty("to").GetDateTimeOffset() - history.GetProperty("learning_until").GetDateTimeOffset()).TotalDays;

        Assert.Equal(
            history.GetProperty("from").GetDateTimeOffset().AddHours(6), history.GetProperty("learning_until").GetDateTimeOffset());
        Assert.Equal(Number("alerts") / days, fleet.Report.GetProperty("detections_per_day").GetDouble(), 0.01);
    }

    [Fact]
    public void An_attack_is_found_when_an_alert_bears_the_identity_of_one_of_its_steps_or_its_window_holds_one()
    {
        var alerted = fleet.Detections.Where(IsAlert).Select(Launch).ToHashSet();
        var chains = fleet.Truth.Where(t => t.GetProperty("label").GetInt32() == 1)
            .GroupBy(t => t.GetProperty("chain").GetString()!)
            .ToList();
        var clustered = Alerts.SelectMany(Chains).ToHashSet();
        var found = chains.Where(
            chain =>
                clustered.Contains(chain.Key) || chain.Any(step => alerted.Contains(step.GetProperty("identity").GetString()))).ToList();

        Assert.Equal(3, chains.Count);
        Assert.NotEmpty(found);
        Assert.Equal(chains.Count, Number("attacks"));
        Assert.Equal(found.Count, Number("attacks_found"));
        Assert.Equal(chains.Sum(c => c.Count()), Number("steps"));
        Assert.Equal(
            found.Select(c => c.Key).Order(StringComparer.Ordinal),
            fleet.Report.GetProperty("chains")
                .EnumerateArray()
                .Where(c => c.GetProperty("seconds_to_detect").ValueKind == JsonValueKind.Number)
                .Select(c => c.GetProperty("chain").GetString()));
    }

    [Fact]
    public void False_alerts_are_the_alerts_on_no_step_and_look_alikes_are_counted()
    {
        var steps = fleet.Truth.Where(t => t.GetProperty("label").GetInt32() == 1)
            .Select(t => t.GetProperty("identity").GetString())
            .ToHashSet();

        Assert.Equal(
            fleet.Detections.Where(IsAlert).Count(d => Launch(d) is { } identity && !steps.Contains(identity)),
            Number("false_alerts") - Alerts.Count(a => IsCluster(a) && !Chains(a).Any()));
        Assert.Equal(
            Number("false_alerts"),
            fleet.Report.GetProperty("days").EnumerateArray().Sum(day => day.GetProperty("false_alerts").GetInt32()));
        Assert.Equal(7, Number("look_alikes"));
    }

    [Fact]
    public void The_table_by_rule_is_the_plain_recount_of_the_detections()
    {
        var recount = Alerts.SelectMany(Rules, (alert, rule) => (alert, rule))
            .GroupBy(a => a.rule, a => a.alert)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (
                g.Key, g.Count(), g.Count(a => Chains(a).Any()), g.Count(a => !Chains(a).Any()),
                g.SelectMany(Chains).Distinct().Count())).ToList();

        var table = fleet.Report.GetProperty("by_rule").EnumerateArray().Select(r => (
            r.GetProperty("rule").GetString()!,
            r.GetProperty("alerts").GetInt32(),
            r.GetProperty("true_alerts").GetInt32(),
            r.GetProperty("false_alerts").GetInt32(),
            r.GetProperty("chains_found").GetInt32())).ToList();

        Assert.NotEmpty(recount);
        Assert.Equal(recount, table);
    }

    [Fact]
    public void The_table_of_thresholds_agrees_with_the_alerts_at_the_present_ones()
    {
        var model = fleet.Report.GetProperty("model");
        var cell = fleet.Report.GetProperty("thresholds").EnumerateArray().Single(c =>
            c.GetProperty("model_threshold").GetDouble() == model.GetProperty("threshold").GetDouble() &&
            c.GetProperty("rarity_threshold").GetDouble() == model.GetProperty("rarity_threshold").GetDouble());

        var launches = fleet.Report.GetProperty("detections").EnumerateArray()
            .Where(d => d.GetProperty("cluster").ValueKind == JsonValueKind.Null).ToList();
        Assert.Equal(launches.Count, cell.GetProperty("alerts").GetInt32());
        var chains = launches.Where(d => d.GetProperty("chain").ValueKind == JsonValueKind.String)
            .Select(d => d.GetProperty("chain").GetString()).Distinct();
        Assert.Equal(chains.Count(), cell.GetProperty("attacks_found").GetInt32());
    }

    [Fact]
    public void A_lower_threshold_never_gives_fewer_alerts()
    {
        foreach (
            var row in fleet.Report.GetProperty("thresholds").EnumerateArray().GroupBy(c => c.GetProperty("model_threshold").GetDouble()))
        {
            var alerts = row.OrderBy(c => c.GetProperty("rarity_threshold").GetDouble())
                .Select(c => c.GetProperty("alerts").GetInt32())
                .ToList();
            Assert.Equal(alerts.OrderDescending(), alerts);
        }
    }

    [Fact]
    public void The_thresholds_chosen_keep_within_the_budget()
    {
        var budget = fleet.Report.GetProperty("budget");

        Assert.Equal("truth", budget.GetProperty("chosen_by").GetString());
        Assert.InRange(budget.GetProperty("chosen").GetProperty("expected_per_day").GetDouble(), 0, 12);
        Assert.InRange(budget.GetProperty("chosen").GetProperty("attacks_found").GetInt32(), Number("attacks_found"), Number("attacks"));
        Assert.Contains("Budget 12/day", fleet.Outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void New_lineages_get_fewer_as_the_fleet_is_learnt()
    {
        var sources = fleet.Report.GetProperty("sources")
            .GetProperty("formats")
            .EnumerateObject()
            .ToDictionary(f => f.Name, f => f.Value.GetInt32());

        Assert.Equal(["defender-xdr", "ecs", "winlogbeat"], sources.Keys);
        Assert.Equal(sources.Values.Sum(), fleet.Report.GetProperty("history").GetProperty("launches").GetInt32());
        Assert.InRange(fleet.Report.GetProperty("days")[0].GetProperty("new_lineage_share").GetDouble(), 0.001, 0.5);
    }

    [Fact]
    public async Task A_folder_of_parts_gzipped_or_not_gives_the_same_detections_as_one_file()
    {
        using var parts = new Scratch();
        Directory.CreateDirectory(parts["history"]);
        var lines = await File.ReadAllLinesAsync(fleet.Folder["fleet.jsonl"], TestContext.Current.CancellationToken);
        var half = lines.Length / 2;
        parts.Write("history/1.jsonl.gz", Scratch.Gzip(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines[..half]) + "\n")));
        await File.WriteAllLinesAsync(parts["history/2.jsonl"], lines[half..], TestContext.Current.CancellationToken);

        (await Terminal.RunAsync(parts, "backtest", "history", "--emit-after", "6", "--output", "sent.jsonl")).Succeeded();

        Assert.Equal(fleet.Folder.Read("sent.jsonl"), parts.Read("sent.jsonl"));
    }

    [Fact]
    public async Task Comparing_shows_what_a_longer_learning_time_takes_away()
    {
        (await Terminal.RunAsync(fleet.Folder, "backtest", "fleet.jsonl", "--alerts", "findings", "--truth", "truth.jsonl", "--emit-after",
            "720", "--json", "later.json"))
            .Succeeded();
        var later = fleet.Json("later.json");

        var same = (await Terminal.RunAsync(fleet.Folder, "backtest", "compare", "report.json", "report.json")).Succeeded();
        var lost = (await Terminal.RunAsync(fleet.Folder, "backtest", "compare", "report.json", "later.json")).Succeeded();

        Assert.Equal(JsonValueKind.Null, later.GetProperty("detections_per_day").ValueKind);
        Assert.Equal(0, later.GetProperty("alerts").GetInt32());
        Assert.Contains("0 findings gained, 0 lost; 0 attacks gained, 0 lost", same.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"0 findings gained, {Number("alerts")} lost; 0 attacks gained, {Number("attacks_found")} lost",
            lost.Output,
            StringComparison.Ordinal);
    }

    private static bool IsAlert(JsonElement detection) => detection.GetProperty("is_alert").GetBoolean();

    private List<JsonElement> Alerts => [.. fleet.Report.GetProperty("detections").EnumerateArray()];

    private static IEnumerable<string> Rules(JsonElement alert) =>
        alert.GetProperty("rules").EnumerateArray().Select(rule => rule.GetString()!);

    private static bool IsCluster(JsonElement alert) => alert.GetProperty("cluster").ValueKind == JsonValueKind.Object;

    private static IEnumerable<string> Chains(JsonElement alert) => IsCluster(alert)
        ? alert.GetProperty("cluster").GetProperty("chains").EnumerateArray().Select(chain => chain.GetString()!)
        : alert.GetProperty("chain").GetString() is { } chain ? [chain] : [];

    /// <summary>The launch that a detection is about; a cluster is about none.</summary>
    private static string? Launch(JsonElement detection) =>
        detection.GetProperty("metadata").TryGetProperty("original_event_uid", out var identity) ? identity.GetString() : null;

    private int Number(string property) => fleet.Report.GetProperty(property).GetInt32();
}
