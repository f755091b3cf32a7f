using System.Globalization;
using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>The text on a budget that was chosen on some days and compared with the others.</summary>
public sealed class BudgetTextTests : IDisposable
{
    private readonly Scratch _folder = new();

    [Theory]
    [InlineData("findings")]
    [InlineData("incidents")]
    public async Task The_days_after_are_set_beside_the_days_that_it_was_chosen_on(string alerts)
    {
        var (budget, output) = await RunAsync(hours: 60, learning: 12, days: 1, alerts);

        var realised = budget.GetProperty("realised");
        var before = realised.GetProperty("alerts_chosen_on").GetInt32();
        var after = realised.GetProperty("alerts_per_day").GetDouble();
        var days = realised.GetProperty("days").GetDouble();
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"Chosen on the first 1.0 days: {before} {(before == 1 ? alerts[..^1] : alerts)} a day there ({before}), {after:0.##} a day on the {days:0.0} days after them");
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_days_after_it_is_said_that_nothing_was_held_against_it()
    {
        var (budget, output) = await RunAsync(hours: 12, learning: 6, days: 7, "incidents");

        Assert.Equal(JsonValueKind.Null, budget.GetProperty("realised").GetProperty("ratio").ValueKind);
        Assert.Contains("no day is left to check the budget on", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(JsonElement Budget, string Output)> RunAsync(int hours, int learning, int days, string alerts)
    {
        (await Terminal.RunAsync(_folder, "simulate", "--hosts", "3", "--hours", $"{hours}", "--output", "fleet.jsonl")).Succeeded();
        var outcome = (await Terminal.RunAsync(
            _folder, "backtest", "fleet.jsonl", "--alerts", alerts, "--emit-after", $"{learning}", "--budget", "40/day", "--budget-days",
            $"{days}", "--json", "report.json")).Succeeded();
        return (JsonDocument.Parse(_folder.Read("report.json")).RootElement.GetProperty("budget"), outcome.Output);
    }
}
