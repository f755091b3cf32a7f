using System.Text;
using System.Text.Json;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Pipeline;
using Changeling.Storing;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

public class BatchPipelineTests
{
    [Fact]
    public async Task A_malicious_child_that_its_parent_never_starts_is_detected()
    {
        var bench = await SettledAsync();

        var outcome = await bench.ProcessAsync(Message(10_000, Record("services.exe", "certutil.exe", "certutil evil", guid: "{1}")));

        var finding = JsonDocument.Parse(Assert.Single(outcome.Detections)).RootElement;
        Assert.Equal("Unusual Process Spawned by a Parent Process", finding.GetProperty("finding_info").GetProperty("title").GetString());
        Assert.Contains(
            "services.exe had never started certutil.exe in 5,000 launches",
            finding.GetProperty("message").GetString(),
            StringComparison.Ordinal);
        Assert.True(finding.GetProperty("is_alert").GetBoolean());
        Assert.Equal(
            "settled", finding.GetProperty("evidences")[0].GetProperty("data").GetProperty("rarity").GetProperty("confidence").GetString());
    }

    [Theory]
    [InlineData("services.exe", "svchost.exe", "svchost evil")] // malicious, but usual
    [InlineData("services.exe", "certutil.exe", "certutil -hashfile")] // unusual, but ordinary
    public async Task What_is_only_malicious_or_only_rare_is_not(string parent, string child, string commandLine)
    {
        var bench = await SettledAsync();

        var outcome = await bench.ProcessAsync(Message(10_000, Record(parent, child, commandLine)));

        Assert.Empty(outcome.Detections);
    }

    [Fact]
    public async Task What_an_event_was_decided_on_is_kept_only_where_it_is_asked_for()
    {
        var keeping = new PipelineBench(settings: new PipelineSettings { KeepsDecided = true });

        var kept = await keeping.ProcessAsync(Message(1, Record("winword.exe", "cmd.exe", "cmd evil")));
        var other = await new PipelineBench().ProcessAsync(Message(1, Record("winword.exe", "cmd.exe", "cmd evil")));

        var evaluated = Assert.Single(kept.Decided);
        Assert.Equal(
            ("cmd.exe", true, true),
            (evaluated.Evidence.Event.Child.Name, evaluated.Evidence.Prediction.IsMalicious, evaluated.IsLearning));
        Assert.Empty(other.Decided);
    }

    [Fact]
    public async Task A_batch_says_how_many_were_malicious_which_rules_fired_and_how_old_the_baseline_is()
    {
        var bench = await SettledAsync();
        var before = (await bench.WatermarkAsync())!;

        var outcome = await bench.ProcessAsync(Message(
            10_000,
            Many(
                Record("services.exe", "certutil.exe", "certutil evil", guid: "{1}"),
                Record("services.exe", "svchost.exe", "svchost evil"),
                Record("services.exe", "svchost.exe")),
            before.LearningSince.AddDays(3)));

        Assert.Equal(2, outcome.Malicious);
        Assert.Equal(outcome.Detections.Count, outcome.DetectionsByRule.Values.Sum());
        Assert.NotEmpty(outcome.DetectionsByRule);
        Assert.Equal(TimeSpan.FromDays(3), outcome.BaselineAge);
    }

    [Fact]
    public async Task Every_launch_is_counted_once()
    {
        var bench = new PipelineBench();

        await bench.ProcessAsync(
            Message(1, Many(Record("a.exe", "x.exe"), Record("a.exe", "x.exe"), Record("a.exe", "y.exe"))),
            Message(2, Record("a.exe", "x.exe")));

        var rows = await bench.LaunchesAsync("a.exe");
        Assert.Equal([("x.exe", 3.0), ("y.exe", 1.0)], rows.Select(r => (r.Name!, r.Count.Launches)));
        Assert.Equal(new Position(0, 2, 0), (await bench.WatermarkAsync())!.Position);
    }

    [Fact]
    public async Task An_event_without_a_parent_is_scored_and_never_counted()
    {
        var bench = new PipelineBench();

        var outcome = await bench.ProcessAsync(Message(1, Record("S-1-16-8192", "x.exe", "evil")));

        Assert.Equal(1, outcome.Scored);
        Assert.Empty(outcome.Detections);
        Assert.Empty(await bench.LaunchesAsync("s-1-16-8192"));
    }

    [Fact]
    public async Task A_batch_that_comes_again_is_answered_from_the_outbox_byte_for_byte_and_counts_nothing()
    {
        var bench = await SettledAsync();
        var messages = new[]
        {
            Message(10_000, Record("services.exe", "certutil.exe", "evil", guid: "{1}")),
            Message(10_001, Record("services.exe", "svchost.exe")),
        };
        var first = await bench.ProcessAsync(messages);
        var rows = await bench.LaunchesAsync("services.exe");
        bench.Restart();

        var second = await bench.ProcessAsync(messages);

        Assert.Equal(first.Detections.Single().ToArray(), second.Detections.Single().ToArray());
        Assert.Equal((2, 0, 0), (second.Replayed, second.Scored, second.Commits));
        Assert.Equal(rows, await bench.LaunchesAsync("services.exe"));
    }

    [Fact]
    public async Task What_was_committed_in_one_format_is_emitted_in_it_after_the_setting_has_changed()
    {
        var bench = await SettledAsync();
        var old = new[] { Message(10_000, Record("services.exe", "certutil.exe", "evil", guid: "{1}")) };
        var first = await bench.ProcessAsync(old);
        bench.Restart(settings => settings with { DetectionFormat = DetectionFormat.Ecs });

        var second = await bench.ProcessAsync([.. old, Message(10_001, Record("services.exe", "bitsadmin.exe", "evil", guid: "{2}"))]);

        Assert.Equal(2, second.Detections.Count);
        Assert.Equal(first.Detections.Single().ToArray(), second.Detections[0].ToArray());
        Assert.True(JsonDocument.Parse(second.Detections[1]).RootElement.TryGetProperty("ecs", out _));
    }

    [Fact]
    public async Task A_commit_that_was_applied_but_whose_answer_was_lost_is_emitted_and_not_counted_twice()
    {
        var bench = await SettledAsync();
        var once = new Queue<CommitFault>([CommitFault.AppliedAnswerLost]);
        bench.Faults = _ => once.TryDequeue(out var fault) ? fault : CommitFault.None;

        var outcome = await bench.ProcessAsync(Message(10_000, Record("services.exe", "certutil.exe", "evil")));

        Assert.Single(outcome.Detections);
        Assert.Equal(1, outcome.UnknownCommits);
        Assert.Equal(1, (await bench.LaunchesAsync("services.exe")).Single(r => r.Name == "certutil.exe").Count.Launches);
    }

    [Fact]
    public async Task Three_unknown_outcomes_without_progress_give_the_batch_back()
    {
        var bench = new PipelineBench(_ => CommitFault.NotAppliedAnswerLost);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => bench.ProcessAsync(Message(1, Record("a.exe", "x.exe"))));

        Assert.Null(await bench.WatermarkAsync());
    }

    [Fact]
    public async Task Bad_records_are_kept_aside_and_their_neighbours_go_on()
    {
        var bench = new PipelineBench();

        var outcome = await bench.ProcessAsync(
            Message(1, Record("a.exe", "x.exe")),
            Message(2, "no json"u8.ToArray()),
            Message(3, []),
            Message(4, Encoding.UTF8.GetBytes(new string('[', 10_000))),
            Message(5, Record("a.exe", "y.exe", "throw")),
            Message(6, Record("a.exe", "z.exe")));

        Assert.Equal(2, outcome.Scored);
        Assert.Equal(
            [(2L, "not_json"), (3, "empty"), (4, "too_deep"), (5, "internal_error")],
            bench.DeadLetters.All.Select(l => (l.Position.SequenceNumber, l.Reason)));
        Assert.Equal(["x.exe", "z.exe"], (await bench.LaunchesAsync("a.exe")).Select(r => r.Name));
    }

    [Fact]
    public async Task An_outage_of_the_dead_letter_store_counts_nothing_twice_when_the_batch_comes_again()
    {
        var bench = new PipelineBench();
        bench.DeadLetters.Outages = 1;
        TelemetryMessage[] messages = [Message(1, Record("a.exe", "x.exe")), Message(2, "no json"u8.ToArray())];

        await Assert.ThrowsAsync<StoreUnavailableException>(() => bench.ProcessAsync(messages));
        await bench.ProcessAsync(messages);

        Assert.Equal(1, (await bench.LaunchesAsync("a.exe")).Single().Count.Launches);
    }

    [Fact]
    public async Task A_batch_of_nothing_but_other_events_still_moves_the_watermark()
    {
        var bench = new PipelineBench();

        var outcome = await bench.ProcessAsync(Message(1, "[]"u8.ToArray()), Message(2, """{"records":[]}"""u8.ToArray()));

        Assert.Equal(new Position(0, 2, 0), (await bench.WatermarkAsync())!.Position);
        Assert.Equal(2, outcome.Skipped.Values.Sum());
    }

    [Fact]
    public async Task An_empty_batch_is_answered()
    {
        var outcome = await new PipelineBench().ProcessAsync();

        Assert.Empty(outcome.Detections);
    }

    [Fact]
    public async Task Findings_are_notes_until_the_partition_clock_has_run_for_the_learning_time()
    {
        var bench = new PipelineBench(settings: new PipelineSettings
        {
            EmitAfter = TimeSpan.FromHours(8),
            Alerts = AlertKind.Findings,
            LaunchesPerHostAndDay = 0,
        });
        await SettleAsync(bench);
        var since = (await bench.WatermarkAsync())!.LearningSince;

        async Task<bool> IsAlertAt(long number, TimeSpan after)
        {
            var outcome = await bench.ProcessAsync(
                Message(number, Record("services.exe", $"odd{(char)('a' + number - 10_000)}.exe", "evil", since + after), since + after));
            return JsonDocument.Parse(outcome.Detections.Single()).RootElement.GetProperty("is_alert").GetBoolean();
        }

        Assert.False(await IsAlertAt(10_000, TimeSpan.FromHours(8) - TimeSpan.FromSeconds(1)));
        Assert.True(await IsAlertAt(10_001, TimeSpan.FromHours(8)));
    }

    [Fact]
    public async Task An_endpoint_clock_that_cannot_be_gives_way_to_the_brokers()
    {
        var bench = new PipelineBench();

        await bench.ProcessAsync(Message(1, Record("a.exe", "x.exe", time: Some.Time.AddYears(-3)), Some.Time));

        Assert.Equal(Some.Time, (await bench.LaunchesAsync("a.exe")).Single().FirstSeen);
    }

    private static async Task<PipelineBench> SettledAsync()
    {
        var bench = new PipelineBench();
        await SettleAsync(bench);
        return bench;
    }

    private static async Task SettleAsync(PipelineBench bench)
    {
        var record = Record("services.exe", "svchost.exe");
        await bench.ProcessAsync([.. Enumerable.Range(0, 5000).Select(i => Message(i, record, Some.Time))]);
    }
}
