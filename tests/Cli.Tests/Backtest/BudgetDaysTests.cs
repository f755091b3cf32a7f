using System.Globalization;
using System.Text.Json;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>A budget chosen on some days and held against the others.</summary>
public sealed class BudgetDaysTests : IDisposable
{
    private readonly Scratch _folder = new();

    [Fact]
    public async Task A_budget_chosen_on_the_first_day_is_held_against_the_days_after_it()
    {
        (await Terminal.RunAsync(_folder, "simulate", "--hosts", "8", "--hours", "60", "--attacks", "24", "--output", "fleet.jsonl")).Succeeded();

        var outcome = (await Terminal.RunAsync(
            _folder, "backtest", "fleet.jsonl", "--emit-after", "12", "--budget", "4/day", "--budget-days", "1", "--json", "report.json", "--output", "detections.jsonl")).Succeeded();
        var report = JsonDocument.Parse(_folder.Read("report.json")).RootElement;
        var budget = report.GetProperty("budget");
        var realised = budget.GetProperty("realised");
        var chosen = budget.GetProperty("chosen");
        Assert.Equal("steadiness", budget.GetProperty("chosen_by").GetString());
        var days = report.GetProperty("history").GetProperty("days_after_learning").GetDouble() - 1;

        // All alerts of the rule at these thresholds were written, since they are not below the present ones.
        var model = report.GetProperty("model");
        Assert.True(chosen.GetProperty("rarity_threshold").GetDouble() >= model.GetProperty("rarity_threshold").GetDouble() && chosen.GetProperty("model_threshold").GetDouble() >= model.GetProperty("threshold").GetDouble());
        var cut = report.GetProperty("history").GetProperty("learning_until").GetDateTimeOffset().AddDays(1);
        var times = Alerts(chosen).Select(a => DateTimeOffset.FromUnixTimeMilliseconds(a.GetProperty("time").GetInt64())).ToList();
        var (before, after) = (times.Count(time => time < cut), times.Count(time => time >= cut));

        Assert.NotEqual(0, before);
        Assert.NotEqual(0, after);
        Assert.Equal((1, before), (realised.GetProperty("days_chosen_on").GetDouble(), realised.GetProperty("alerts_chosen_on").GetInt32()));
        Assert.Equal(4, before);
        Assert.Equal(after, realised.GetProperty("alerts").GetInt32());
        Assert.Equal(before + after, chosen.GetProperty("alerts").GetInt32());
        Assert.Equal(days, realised.GetProperty("days").GetDouble(), 0.001);
        Assert.Equal(after / days, realised.GetProperty("alerts_per_day").GetDouble(), 0.001);
        Assert.Equal(after / days / before, realised.GetProperty("ratio").GetDouble(), 0.001);
        Assert.Equal(after / days / 4, realised.GetProperty("of_budget").GetDouble(), 0.001);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{before} alerts a day there ({before})"), outcome.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_that_ends_within_those_days_says_that_nothing_was_held_against_it()
    {
        (await Terminal.RunAsync(_folder, "simulate", "--hosts", "3", "--hours", "12", "--output", "fleet.jsonl")).Succeeded();

        var outcome = (await Terminal.RunAsync(
            _folder, "backtest", "fleet.jsonl", "--emit-after", "6", "--budget", "40/day", "--budget-days", "7", "--json", "report.json")).Succeeded();

        var realised = JsonDocument.Parse(_folder.Read("report.json")).RootElement.GetProperty("budget").GetProperty("realised");
        Assert.Equal(0, realised.GetProperty("days").GetDouble());
        Assert.Equal(JsonValueKind.Null, realised.GetProperty("ratio").ValueKind);
        Assert.Contains("nothing says whether they keep the budget", outcome.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private IEnumerable<JsonElement> Alerts(JsonElement thresholds) => File.ReadLines(_folder["detections.jsonl"])
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Where(d => d.GetProperty("is_alert").GetBoolean() && d.GetProperty("finding_info").GetProperty("analytic").GetProperty("uid").GetString() == "unusual-process-by-parent")
        .Where(d =>
        {
            var data = d.GetProperty("evidences")[0].GetProperty("data");
            var (probability, rarity) = (data.GetProperty("prediction").GetProperty("probability").GetDouble(), data.GetProperty("rarity").GetProperty("score").GetDouble());
            var seen = data.GetProperty("rarity").GetProperty("child_count").GetDouble();
            var isNewHere = data.TryGetProperty("hosts", out var hosts) && hosts.GetProperty("new").GetBoolean() && hosts.GetProperty("others").GetInt32() <= 1;
            return (seen == 0 && probability > 0.45)
                || (probability >= thresholds.GetProperty("model_threshold").GetDouble()
                    && (rarity >= thresholds.GetProperty("rarity_threshold").GetDouble() || (seen <= 3 && isNewHere)));
        });
}
