using Changeling.Counts;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Features;
using Changeling.Incidents;
using Changeling.Storing;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>Which launches are stored as signals for incidents, with the commit that decides them.</summary>
public class SignalsTests
{
    [Fact]
    public async Task A_reported_launch_is_a_signal_with_its_rules_and_an_ordinary_one_is_not()
    {
        var bench = Bench("suspicious-low-probability");

        await bench.ProcessAsync(
            Message(1, Record("services.exe", "svchost.exe", "plain", guid: "{1}")),
            Message(2, Record("cmd.exe", "certutil.exe", "evil", guid: "{2}")));

        var signal = Assert.Single(Signals(bench));
        Assert.Equal(
            ("certutil.exe", "cmd.exe", "suspicious-low-probability", 0.97),
            (signal.Process.Name, signal.Ancestors[0].Name, Assert.Single(signal.Rules).Id, signal.Probability));
    }

    [Fact]
    public async Task A_launch_that_the_model_dislikes_is_a_signal_without_a_rule()
    {
        var bench = Bench("masquerade-by-renamed-binary");

        var outcome = await bench.ProcessAsync(Message(1, Record("cmd.exe", "certutil.exe", "evil", guid: "{2}")));

        Assert.Empty(outcome.Detections);
        Assert.False(Assert.Single(Signals(bench)).IsFinding);
    }

    [Fact]
    public async Task A_launch_far_below_the_threshold_is_none_and_one_not_far_from_it_is()
    {
        var bench = Bench("masquerade-by-renamed-binary");
        bench.Snapshot = bench.Snapshot with { Model = new Probabilities() };

        await bench.ProcessAsync(
            Message(1, Record("cmd.exe", "a.exe", "0.10", guid: "{1}")), Message(2, Record("cmd.exe", "b.exe", "0.15", guid: "{2}")));

        Assert.Equal("b.exe", Assert.Single(Signals(bench)).Process.Name);
    }

    [Fact]
    public async Task A_weak_signal_that_repeats_is_stored_once_an_hour()
    {
        var bench = Bench("masquerade-by-renamed-binary");

        for (var i = 0; i < 20; i++)
        {
            await bench.ProcessAsync(
                Message(i, Record("cmd.exe", "certutil.exe", $"evil {i}00", guid: $"{{{i}}}"), Some.Time.AddMinutes(i * 6)));
        }

        Assert.InRange(Signals(bench).Count, 2, 3);
    }

    [Fact]
    public async Task Another_command_that_caps_hold_back_is_a_signal_without_a_rule()
    {
        var bench = Bench("unusual-process-by-parent");
        string[] verbs = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "kilo", "lima"];

        for (var i = 0; i < verbs.Length; i++)
            await bench.ProcessAsync(Message(i, Record("services.exe", "certutil.exe", $"certutil evil {verbs[i]}", guid: $"{{{i}}}")));

        var found = (await bench.StoredAsync()).Count;
        Assert.InRange(found, 1, verbs.Length - 1);
        Assert.Equal((verbs.Length, found), (Signals(bench).Count, Signals(bench).Count(s => s.IsFinding)));
    }

    [Fact]
    public async Task A_repetition_that_caps_hold_back_is_no_signal()
    {
        var bench = Bench("unusual-process-by-parent");

        for (var i = 0; i < 50; i++)
            await bench.ProcessAsync(Message(i, Record("services.exe", "certutil.exe", "certutil evil", guid: $"{{{i}}}")));

        Assert.Equal((await bench.StoredAsync()).Count, Signals(bench).Count);
        Assert.InRange(Signals(bench).Count, 1, 49);
    }

    [Theory]
    [InlineData("incidents", true, 0)]
    [InlineData("suspicious-low-probability", false, 0)]
    [InlineData("another-rule", true, 1)]
    [InlineData(null, false, 0)]
    public async Task An_exception_keeps_a_launch_out_of_incidents(string? rule, bool isSent, int signals)
    {
        var bench = Bench("suspicious-low-probability");
        bench.Snapshot = bench.Snapshot with { Exceptions = ExceptionList.Of([Except(rule)], HostGroups.None) };

        var outcome = await bench.ProcessAsync(Message(1, Record("cmd.exe", "certutil.exe", "evil", guid: "{2}")));

        Assert.Equal((isSent, signals), (outcome.Detections.Count == 1, Signals(bench).Count));
    }

    [Fact]
    public async Task An_exception_for_incidents_keeps_out_a_launch_without_a_rule_too_and_counts_its_hit()
    {
        var bench = Bench("masquerade-by-renamed-binary");
        bench.Snapshot = bench.Snapshot with { Exceptions = ExceptionList.Of([Except("incidents")], HostGroups.None) };

        await bench.ProcessAsync(Message(1, Record("cmd.exe", "certutil.exe", "evil", guid: "{2}")));

        Assert.Empty(Signals(bench));
        Assert.Equal(1, (await bench.ExceptionAsync("trusted"))!.Hits);
    }

    [Fact]
    public async Task A_redelivered_batch_stores_no_signal_again()
    {
        var bench = Bench("suspicious-low-probability");
        TelemetryMessage[] batch =
        [
            Message(1, Record("cmd.exe", "certutil.exe", "evil", guid: "{1}")),
            Message(2, Record("cmd.exe", "b.exe", "evil", guid: "{2}")),
        ];

        await bench.ProcessAsync(batch);
        bench.Restart();
        await bench.ProcessAsync(batch);

        Assert.Equal(["certutil.exe", "b.exe"], Signals(bench).Select(s => s.Process.Name));
    }

    [Theory]
    [InlineData(CommitFault.AppliedAnswerLost)]
    [InlineData(CommitFault.NotAppliedAnswerLost)]
    public async Task A_commit_without_an_answer_stores_each_signal_once(CommitFault fault)
    {
        var faults = 1;
        var bench = Bench("masquerade-by-renamed-binary", _ => faults-- > 0 ? fault : CommitFault.None);

        await bench.ProcessAsync(
            Message(1, Record("cmd.exe", "certutil.exe", "evil", guid: "{1}")),
            Message(2, Record("cmd.exe", "b.exe", "evil", guid: "{2}")));

        Assert.Equal(["certutil.exe", "b.exe"], Signals(bench).Select(s => s.Process.Name));
    }

    [Fact]
    public async Task Thousands_of_signals_in_one_batch_fit_into_transactions()
    {
        var bench = Bench("masquerade-by-renamed-binary");

        await bench.ProcessAsync([.. Enumerable.Range(0, 2_000).Select(i =>
            Message(i, Record($"p{i}x.exe", $"c{i}x.exe", $"evil {new string((char)('a' + (i % 26)), 300)}", guid: $"{{{i}}}")))]);

        Assert.Equal(2_000, Signals(bench).Count);
    }

    private static ExceptionItem Except(string? rule) => new()
    {
        Id = "trusted",
        Name = "Trusted",
        Owner = "soc",
        Reason = "known",
        Rules = rule is null ? null : [rule],
        Conditions = [new("process.name", ExceptionMatch.Exact, ["certutil.exe"])],
        Created = Some.Time,
    };

    private static PipelineBench Bench(string rule, Func<BaselineCommit, CommitFault>? faults = null)
    {
        var bench = new PipelineBench(faults);
        bench.Snapshot = bench.Snapshot with { Rules = RuleSets.Only(rule) };
        return bench;
    }

    private static List<Signal> Signals(PipelineBench bench) =>
    [
        .. bench.Store.Signals(new BaselinePartition("default", PipelineBench.Partition).ToString(), null, 1_000)
            .SelectMany(r => SignalJson.Read(r.Body)),
    ];

    /// <summary>The probability is the command line.</summary>
    private sealed class Probabilities : IModel
    {
        public ModelIdentity Identity { get; } = new("number", new string('0', 64), 1, 0.5);

        public Prediction Predict(Launch launch) =>
            new(double.Parse(launch.Fields.CommandLine!, System.Globalization.CultureInfo.InvariantCulture), false);

        public IReadOnlyList<PredictionReason> Explain(ProcessEvent processEvent, int most, bool isExact) => [];
    }
}
