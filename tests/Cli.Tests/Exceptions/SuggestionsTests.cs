using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Changeling.Cli.Tests.Backtest;

namespace Changeling.Cli.Tests.Exceptions;

/// <summary>What a backtest suggests, and the dry run of it.</summary>
public sealed partial class SuggestionsTests(BacktestFleet fleet)
{
    private List<JsonElement> Suggested => [.. fleet.Report.GetProperty("suggested_exceptions").EnumerateArray()];

    /// <summary>All alerts: an exception is asked about each.</summary>
    private int Alerts => fleet.Report.GetProperty("detections").GetArrayLength();

    [Fact]
    public void Suggestions_halve_the_volume_and_those_that_hide_no_true_detection_come_first()
    {
        var together = Suggested.Select(s => s.GetProperty("share_together").GetDouble()).ToList();
        var dangerous = Suggested.Select(s => s.GetProperty("true_detections").GetInt32() > 0).ToList();

        Assert.InRange(together[^1], 0.5, 1);
        Assert.All(together.SkipLast(1), share => Assert.InRange(share, 0.0001, 0.4999));
        Assert.Equal(dangerous.Order(), dangerous);
        Assert.Equal(dangerous.Any(d => d), fleet.Outcome.Output.Contains("would hide true detections", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_suggestion_is_refused_until_somebody_answers_for_it_and_then_hides_what_the_report_says()
    {
        foreach (var (i, suggestion) in Suggested.Take(3).Index())
        {
            var item = JsonNode.Parse(suggestion.GetProperty("item").GetRawText())!;
            fleet.Folder.Write($"s{i}.json", Encoding.UTF8.GetBytes(item.ToJsonString()));
            (await TestAsync($"s{i}.json")).RefusedWith($"s{i}.json", "owner must have");
            (item["owner"], item["reason"]) = ("it", "a test");
            fleet.Folder.Write($"s{i}.json", Encoding.UTF8.GetBytes(item.ToJsonString()));

            var output = (await TestAsync($"s{i}.json")).Succeeded().Output;

            var said = Share().Match(output);
            Assert.Equal(
                (suggestion.GetProperty("alerts").GetInt32(), Alerts, suggestion.GetProperty("true_detections").GetInt32()),
                (Number(said.Groups["hidden"]), Number(said.Groups["all"]), Regex.Count(output, "hides a true detection")));
        }
    }

    [Fact]
    public async Task True_detections_that_would_be_hidden_are_named_first()
    {
        var attack = fleet.Report.GetProperty("detections")
            .EnumerateArray()
            .First(d => d.GetProperty("chain").ValueKind == JsonValueKind.String && d.GetProperty("lineage").GetString()!.Length > 0);
        var child = attack.GetProperty("lineage").GetString()!.Split(" > ")[1];
        fleet.Folder.Write("true.json", Encoding.UTF8.GetBytes($$"""
            { "id": "true", "name": "n", "owner": "o", "reason": "r", "created": "2020-01-01T00:00:00Z", "conditions": [{ "field": "process.name", "type": "wildcard", "values": ["{{child}}"] }] }
            """));

        var output = (await TestAsync("true.json")).Succeeded().Output.TrimStart();

        Assert.StartsWith("hides a true detection", output[output.IndexOf("hides", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains(attack.GetProperty("chain").GetString()!, output, StringComparison.Ordinal);
        Assert.True(
            output.IndexOf(
                "hides a true detection", StringComparison.Ordinal) < output.IndexOf("would have hidden", StringComparison.Ordinal));
    }

    private Task<Outcome> TestAsync(string item) =>
        Terminal.RunAsync(fleet.Folder, "exceptions", "test", item, "fleet.jsonl", "--truth", "truth.jsonl", "--emit-after", "6");

    private static int Number(Group digits) => int.Parse(digits.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"would have hidden (?<hidden>[\d,]+) of (?<all>[\d,]+) alerts")]
    private static partial Regex Share();
}
