using System.Text.Json;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Rules;
using Changeling.Storing;
using Changeling.TestSupport;
using static Changeling.Core.Tests.Exceptions.SomeExceptions;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>One launch gives one finding, in which each rule keeps its own cap and its own exceptions.</summary>
public class OneFindingTests
{
    private const string High = "suspicious-high-probability";
    private const string Medium = "lolbin-by-unusual-parent";
    private const string Low = "suspicious-low-probability";

    /// <summary>Three rules that fire on every malicious LOLBin.</summary>
    private static readonly RuleSet Rules = RuleSets.Changed(
        RuleSets.Only(),
        """{ "id": "suspicious-high-probability", "version": "1", "enabled": true, "condition": { "probabilityAbove": 0.9, "anyOf": null }, "mostPerHour": 1 }""",
        """{ "id": "lolbin-by-unusual-parent", "version": "1", "enabled": true, "condition": { "anyOf": null, "malicious": true }, "mostPerHour": 2 }""",
        """{ "id": "suspicious-low-probability", "version": "1", "enabled": true, "mostPerHour": null }""");

    [Fact]
    public async Task All_rules_that_fire_on_a_launch_stand_in_one_finding_and_the_most_severe_leads()
    {
        var outcome = await Bench().ProcessAsync(Launch(1));

        var finding = Parse(Assert.Single(outcome.Detections));
        var info = finding.GetProperty("finding_info");
        Assert.Equal(High, info.GetProperty("analytic").GetProperty("uid").GetString());
        Assert.Equal("Process with a Very High Malicious Probability", info.GetProperty("title").GetString());
        Assert.Equal([Medium, Low], info.GetProperty("related_analytics").EnumerateArray().Select(a => a.GetProperty("uid").GetString()));
        Assert.Equal([High, Medium, Low], RulesOf(finding));
        Assert.InRange(finding.GetProperty("severity_id").GetInt32(), (int)Severity.High, (int)Severity.Critical);
        Assert.Equal((High, 1), (Assert.Single(outcome.DetectionsByRule).Key, outcome.DetectionsByRule[High]));
    }

    [Fact]
    public async Task Each_rule_has_its_own_cap_and_says_what_it_held_back()
    {
        var bench = Bench();

        var outcome = await bench.ProcessAsync(Launch(1), Launch(2), Launch(3), Launch(4, Some.Time.AddHours(1)));

        var findings = outcome.Detections.Select(Parse).ToList();
        Assert.Equal(
            [$"{High} {Medium} {Low}", $"{Medium} {Low}", Low, $"{High} {Medium} {Low}"],
            findings.Select(f => string.Join(' ', RulesOf(f))));
        Assert.Equal([2, 1, null], RuleObjects(findings[3]).Select(HeldBack));
        Assert.Equal((2, 1), (outcome.HeldBack[High], outcome.HeldBack[Medium]));
    }

    [Fact]
    public async Task A_suppressed_rule_is_marked_and_the_finding_goes_with_the_others()
    {
        var bench = Bench(Item("exc-1", Exact("process.name", "certutil.exe")) with { Rules = [High] });

        var outcome = await bench.ProcessAsync(Launch(1));

        var finding = Parse(Assert.Single(outcome.Detections));
        Assert.Equal([Medium, Low, High], RulesOf(finding));
        Assert.Equal([null, null, "exc-1"], RuleObjects(finding).Select(MatchedBy));
        Assert.Equal(("New", true), (finding.GetProperty("status").GetString(), finding.GetProperty("is_alert").GetBoolean()));
        Assert.Contains(
            "Exception exc-1, Name of exc-1, suppresses the rule Process with a Very High Malicious Probability.",
            finding.GetProperty("message").GetString(),
            StringComparison.Ordinal);
        Assert.Equal((High, 1), (Assert.Single(outcome.Suppressed).Key, outcome.Suppressed[High]));
        Assert.False(Assert.Single(await bench.StoredAsync()).IsSuppressed);
    }

    [Fact]
    public async Task Only_when_all_rules_are_suppressed_the_finding_is()
    {
        var bench = Bench(
            Item("exc-1", Exact("process.name", "certutil.exe")) with { Rules = [High, Low] },
            Item("exc-2", Exact("process.parent.name", "cmd.exe")) with { Rules = [Medium] });

        var outcome = await bench.ProcessAsync(Launch(1));

        Assert.Empty(outcome.Detections);
        Assert.Equal([Medium, High, Low], outcome.Suppressed.Keys.Order(StringComparer.Ordinal));
        var stored = Assert.Single(await bench.StoredAsync());
        Assert.True(stored.IsSuppressed);
        Assert.Equal("Suppressed", Parse(stored.Body).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_launch_keeps_its_id_whichever_rules_fire()
    {
        var (all, one) = (Bench(), Bench());
        one.Snapshot = one.Snapshot with { Rules = RuleSets.Only(Low) };

        Assert.Equal(
            PipelineBench.Ids(await all.ProcessAsync(Launch(1))),
            PipelineBench.Ids(await one.ProcessAsync(Launch(7))));

        static TelemetryMessage Launch(long number) => Message(number, Record("cmd.exe", "certutil.exe", "evil", guid: "{same}"));
    }

    [Fact]
    public async Task Launches_that_caps_hold_back_take_no_room_in_a_transaction()
    {
        var bench = Bench();
        bench.Snapshot = bench.Snapshot with
        {
            Rules = RuleSets.Changed(
                Rules, """{ "id": "suspicious-low-probability", "version": "1", "enabled": true, "mostPerHour": 3 }"""),
        };

        var outcome = await bench.ProcessAsync([.. Enumerable.Range(1, 400).Select(i => Launch(i))]);

        Assert.Equal((3, 1), (outcome.Detections.Count, outcome.Commits));
    }

    [Fact]
    public async Task What_older_versions_stored_for_each_rule_leaves_as_it_is()
    {
        var bench = Bench();
        StoredDetection[] old =
        [
            new(new Position(0, 1, 0), High, """{"class_uid":2004,"old":"high"}"""u8.ToArray()),
            new(new Position(0, 1, 0), Medium, """{"class_uid":2004,"old":"medium"}"""u8.ToArray()),
            new(new Position(0, 1, 0), Low, """{"class_uid":2004,"old":"suppressed"}"""u8.ToArray()) { IsSuppressed = true },
        ];
        var launch = Launch(1);
        await bench.Store.CommitAsync(
            new BaselinePartition("default", PipelineBench.Partition),
            new BaselineCommit(null, new Watermark(new Position(0, 1, 0), launch.EnqueuedTime, launch.EnqueuedTime), [], old),
            TestContext.Current.CancellationToken);

        var outcome = await bench.ProcessAsync(launch);

        Assert.Equal((1, 0), (outcome.Replayed, outcome.Scored));
        Assert.Equal([old[1].Body.ToArray(), old[0].Body.ToArray()], outcome.Detections.Select(d => d.ToArray()));
    }

    private static string[] RulesOf(JsonElement finding) => [.. RuleObjects(finding).Select(rule => rule.GetProperty("id").GetString()!)];

    private static JsonElement.ArrayEnumerator RuleObjects(JsonElement finding) =>
        finding.GetProperty("evidences")[0].GetProperty("data").GetProperty("rules").EnumerateArray();

    private static int? HeldBack(JsonElement rule) =>
        rule.TryGetProperty("cap", out var cap) ? cap.GetProperty("held_back_before").GetInt32() : null;

    private static string? MatchedBy(JsonElement rule) =>
        rule.GetProperty("exceptions").GetProperty("matched") is { ValueKind: JsonValueKind.Object } matched
            ? matched.GetProperty("id").GetString()
            : null;

    private static JsonElement Parse(ReadOnlyMemory<byte> finding) => JsonDocument.Parse(finding).RootElement;

    private static TelemetryMessage Launch(long number, DateTimeOffset? enqueued = null) =>
        Message(number, Record("cmd.exe", "certutil.exe", "certutil evil", guid: $"{{{number}}}"), enqueued);

    private static PipelineBench Bench(params ExceptionItem[] items)
    {
        var bench = new PipelineBench();
        bench.Snapshot = bench.Snapshot with { Rules = Rules, Exceptions = ExceptionList.Of(items, Groups) };
        return bench;
    }
}
