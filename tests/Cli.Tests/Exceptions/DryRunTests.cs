using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Changeling.Cli.Tests.Backtest;

namespace Changeling.Cli.Tests.Exceptions;

/// <summary>The dry run of an exception for what a backtest reports.</summary>
public sealed partial class DryRunTests(BacktestFleet fleet)
{
    /// <summary>All alerts: an exception is asked about each.</summary>
    private List<JsonElement> Alerts => [.. fleet.Report.GetProperty("detections").EnumerateArray()];

    [Fact]
    public async Task An_exception_is_refused_until_somebody_answers_for_it_and_then_hides_its_lineage()
    {
        foreach (var (i, top) in fleet.Report.GetProperty("top_lineages").EnumerateArray().Take(3).Index())
        {
            var lineage = top.GetProperty("name").GetString()!;
            var hidden = Alerts.Where(a => a.GetProperty("lineage").GetString() == lineage).ToList();
            var rules = hidden.SelectMany(a => a.GetProperty("rules").EnumerateArray()).Select(r => r.GetString()!).Distinct();
            var item = Item($"s{i}", lineage, [.. rules]);
            fleet.Folder.Write($"s{i}.json", Encoding.UTF8.GetBytes(item.ToJsonString()));
            (await TestAsync($"s{i}.json")).RefusedWith($"s{i}.json", "owner must have");
            (item["owner"], item["reason"]) = ("it", "a test");
            fleet.Folder.Write($"s{i}.json", Encoding.UTF8.GetBytes(item.ToJsonString()));

            var output = (await TestAsync($"s{i}.json")).Succeeded().Output;

            var said = Share().Match(output);
            Assert.Equal(
                (hidden.Count, Alerts.Count, hidden.Count(a => a.GetProperty("chain").ValueKind == JsonValueKind.String)),
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

    private static JsonObject Item(string id, string lineage, string[] rules)
    {
        var names = lineage.Split(" > ");
        return new JsonObject
        {
            ["id"] = id,
            ["name"] = "n",
            ["owner"] = "",
            ["reason"] = "",
            ["rules"] = new JsonArray([.. rules.Select(rule => JsonValue.Create(rule))]),
            ["created"] = "2020-01-01T00:00:00Z",
            ["conditions"] = new JsonArray(Condition("process.parent.name", names[0]), Condition("process.name", names[1])),
        };
    }

    private static JsonObject Condition(string field, string name) => new()
    {
        ["field"] = field,
        ["type"] = name.Contains('*') ? "wildcard" : "exact",
        ["values"] = new JsonArray(name),
    };

    private Task<Outcome> TestAsync(string item) =>
        Terminal.RunAsync(fleet.Folder, "exceptions", "test", item, "fleet.jsonl", "--truth", "truth.jsonl", "--emit-after", "6");

    private static int Number(Group digits) => int.Parse(digits.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"would have hidden (?<hidden>[\d,]+) of (?<all>[\d,]+) alerts")]
    private static partial Regex Share();
}
