using System.Text.Json;
using Changeling.Exceptions;
using Changeling.Rules;
using Changeling.Storing;
using Changeling.TestSupport;
using static Changeling.Core.Tests.Exceptions.SomeExceptions;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>What exceptions do to detections, sums, caps and rows on a batch's way.</summary>
public class ExceptionsTests
{
    private static readonly ExceptionItem Pair = Item("exc-1", Exact("process.name", "odd.exe"), Exact("process.parent.name", "cmd.exe"));

    [Fact]
    public async Task A_suppressed_detection_is_stored_and_said_to_be_and_never_emitted_also_not_when_its_batch_comes_again()
    {
        var bench = Bench(Pair);

        var outcome = await bench.ProcessAsync(Odd(1));
        bench.Restart();
        var again = await bench.ProcessAsync(Odd(1));

        Assert.Empty(outcome.Detections);
        Assert.Empty(again.Detections);
        Assert.Equal((1, 0), (outcome.Suppressed["suspicious-low-probability"], again.Suppressed.Count));
        var stored = Assert.Single(await bench.StoredAsync());
        Assert.True(stored.IsSuppressed);
        var finding = JsonDocument.Parse(stored.Body).RootElement;
        Assert.Equal(
            (3, "Suppressed", false),
            (
                finding.GetProperty("status_id").GetInt32(), finding.GetProperty("status").GetString(),
                finding.GetProperty("is_alert").GetBoolean()));
        Assert.Equal(
            """{"consulted":1,"near":[],"matched":{"id":"exc-1","name":"Name of exc-1"}}""",
            Rule(stored.Body).GetProperty("exceptions").GetRawText());
        Assert.EndsWith(
            "Suppressed by exception exc-1, Name of exc-1.", finding.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            (1, Some.Time.AddSeconds(1)),
            ((int)(await bench.ExceptionAsync("exc-1"))!.Hits, (await bench.ExceptionAsync("exc-1"))!.LastHit));
    }

    [Fact]
    public async Task A_detection_that_goes_says_which_exceptions_it_almost_met()
    {
        var bench = Bench(Pair, Item("exc-2", Exact("process.name", "other.exe")));

        var outcome = await bench.ProcessAsync(Message(1, Record("explorer.exe", "odd.exe", "evil", guid: "{1}")));

        Assert.Equal(
            """{"consulted":2,"near":[{"id":"exc-1","name":"Name of exc-1","differs_in":["process.parent.name"]}],"matched":null}""",
            Rule(Assert.Single(outcome.Detections)).GetProperty("exceptions").GetRawText());
        Assert.Equal((0, 1), ((int)(await bench.ExceptionAsync("exc-1"))!.Hits, (int)(await bench.ExceptionAsync("exc-1"))!.NearMisses));
        Assert.Null(await bench.ExceptionAsync("exc-2"));
    }

    [Fact]
    public async Task Without_exceptions_evidence_says_nothing_of_them()
    {
        var outcome = await Bench().ProcessAsync(Odd(1));

        Assert.False(Rule(Assert.Single(outcome.Detections)).TryGetProperty("exceptions", out _));
    }

    [Fact]
    public async Task A_suppressed_detection_takes_nothing_from_the_cap()
    {
        var capped = RuleSets.Changed(
            RuleSets.Only(), """{ "id": "suspicious-low-probability", "version": "1", "enabled": true, "mostPerHour": 1 }""");
        var bench = Bench(Pair with { Expires = Some.Time.AddSeconds(3) });
        bench.Snapshot = bench.Snapshot with { Rules = capped };

        var suppressed = await bench.ProcessAsync(Odd(1), Odd(2));
        var then = await bench.ProcessAsync(Odd(3), Odd(4));

        Assert.Equal((0, 2), (suppressed.Detections.Count, suppressed.Suppressed.Values.Sum()));
        Assert.Equal((1, 1), (then.Detections.Count, then.HeldBack.Values.Sum()));
        Assert.Equal((2, 2), ((int)(await bench.ExceptionAsync("exc-1"))!.Hits, (int)(await bench.ExceptionAsync("exc-1"))!.NearMisses));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("suspicious-low-probability", 3)]
    public async Task Only_an_item_for_all_rules_keeps_a_launch_out_of_the_sums(string? rule, int sums)
    {
        var bench = Bench(Pair with { Rules = rule is null ? null : [rule] });

        await bench.ProcessAsync(Odd(1));

        Assert.Equal(sums, (await bench.SumsAsync()).Count);
        Assert.Equal(1, (await bench.LaunchesAsync("cmd.exe")).Single().Count.Launches);
    }

    [Fact]
    public async Task Should_all_rules_fire_and_ten_exceptions_be_near_the_event_still_fits_one_transaction()
    {
        var all = Enumerable.Range(0, RuleSetSize).Select(i =>
            $$"""{ "id": "r-{{i}}", "name": "R", "version": "1", "enabled": true, "severity": "low", "riskScore": 21, "analytic": "Rule", "condition": { "malicious": true }, "mostPerHour": 1, "attack": [], "description": "d", "triage": ["t"], "references": [], "examples": [{ "say": "y", "fires": true, "malicious": true }, { "say": "n", "fires": false }] }""")
                .ToArray();
        var matching = Enumerable.Range(0, RuleSetSize / 2)
            .Select(i => Item($"m-{i:00}", Exact("process.name", "odd.exe")) with { Rules = [$"r-{i}"] });
        var near =
            Enumerable.Range(0, 12).Select(i => Item($"n-{i:00}", Exact("process.name", "odd.exe"), Exact("host.name", "elsewhere")));
        var bench = Bench([.. matching, .. near]);
        bench.Snapshot = bench.Snapshot with { Rules = RuleSets.Changed(RuleSets.Only(), all) };
        var rows = 0;
        bench.Faults = commit =>
        {
            rows = Math.Max(rows, commit.RowCount);
            return CommitFault.None;
        };

        var outcome = await bench.ProcessAsync(Odd(1));

        Assert.Equal((1, 0), (outcome.Detections.Count, outcome.DeadLetters.Count));
        Assert.Equal((RuleSetSize / 2, RuleSetSize), (outcome.Suppressed.Count, RuleSet.MaxOnEvents));
        Assert.InRange(rows, RuleSetSize + 10, BaselineCommit.MaxRows);
        Assert.Throws<InvalidDataException>(
            () => RuleSets.Changed(bench.Snapshot.Rules, all[0].Replace("r-0", "r-more", StringComparison.Ordinal)));
    }

    private const int RuleSetSize = 41;

    private static JsonElement Rule(ReadOnlyMemory<byte> finding) =>
        Assert.Single(
            JsonDocument.Parse(finding).RootElement.GetProperty("evidences")[0].GetProperty("data").GetProperty("rules").EnumerateArray());

    private static Changeling.Events.TelemetryMessage Odd(int number) =>
        Message(number, Record("cmd.exe", "odd.exe", "evil", guid: $"{{{number}}}"));

    private static PipelineBench Bench(params ExceptionItem[] items)
    {
        var bench = new PipelineBench();
        bench.Snapshot = bench.Snapshot with
        {
            Rules = RuleSets.Changed(
                RuleSets.Only(), """{ "id": "suspicious-low-probability", "version": "1", "enabled": true, "mostPerHour": 100 }"""),
            Exceptions = ExceptionList.Of(items, Groups),
        };
        return bench;
    }
}
