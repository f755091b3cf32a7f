using System.Text.Json;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Findings;
using Changeling.Rules;
using Changeling.TestSupport;
using static Changeling.Core.Tests.Exceptions.SomeExceptions;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>The model explains itself where somebody will read it, and only there: it is the dearest step.</summary>
public class ExplanationsTests
{
    private readonly WordModel _model = new();

    [Fact]
    public async Task An_event_on_which_several_rules_fire_is_explained_once()
    {
        var bench = Bench(RuleSets.Only("suspicious-low-probability", "malicious-first-on-host", "unusual-process-by-parent"));

        var outcome = await bench.ProcessAsync(Message(1, Record("cmd.exe", "odd.exe", "evil", guid: "{1}")));

        using var finding = JsonDocument.Parse(Assert.Single(outcome.Detections));
        Assert.NotEmpty(finding.RootElement.GetProperty("finding_info").GetProperty("related_analytics").EnumerateArray());
        Assert.Equal(1, _model.Explanations);
    }

    [Fact]
    public async Task What_no_rule_fires_on_is_not_explained()
    {
        await Bench(RuleSets.ByParent).ProcessAsync(Message(1, Record("services.exe", "svchost.exe", "plain")));

        Assert.Equal(0, _model.Explanations);
    }

    [Fact]
    public async Task What_an_exception_suppresses_is_not_explained()
    {
        var bench = Bench(
            RuleSets.Only("suspicious-low-probability"),
            Item("exc-1", Exact("process.name", "odd.exe"), Exact("process.parent.name", "cmd.exe")));

        var outcome = await bench.ProcessAsync(Message(1, Record("cmd.exe", "odd.exe", "evil", guid: "{1}")));

        Assert.NotEmpty(outcome.Suppressed);
        Assert.Equal(0, _model.Explanations);
    }

    [Fact]
    public async Task What_a_cap_holds_back_is_not_explained()
    {
        var bench = Bench(
            RuleSets.Changed(
                RuleSets.Only(), """{ "id": "suspicious-low-probability", "version": "1", "enabled": true, "mostPerHour": 1 }"""));

        var outcome = await bench.ProcessAsync(
            [.. Enumerable.Range(1, 5).Select(i => Message(i, Record("cmd.exe", "odd.exe", "evil", guid: $"{{{i}}}")))]);

        Assert.Equal(4, outcome.HeldBack.Values.Sum());
        Assert.Equal(1, _model.Explanations);
    }

    [Fact]
    public async Task A_part_full_of_attacks_has_a_bounded_number_of_exact_explanations()
    {
        var bench = Bench(
            RuleSets.Changed(
                RuleSets.Only(), """{ "id": "suspicious-low-probability", "version": "1", "enabled": true, "mostPerHour": 1000 }"""));

        var outcome = await bench.ProcessAsync(
            [.. Enumerable.Range(1, 300).Select(i => Message(i, Record("cmd.exe", "odd.exe", $"evil {i}", guid: $"{{{i}}}")))]);

        Assert.Equal(300, outcome.Detections.Count);
        Assert.Equal((ExplanationBudget.MaxExact, 300), (_model.ExactExplanations, _model.Explanations));
    }

    [Fact]
    public async Task A_fault_in_an_explanation_makes_a_dead_letter_and_its_neighbors_are_counted_once()
    {
        var bench = Bench(RuleSets.Only("suspicious-low-probability"));

        var outcome = await bench.ProcessAsync(
            Message(1, Record("cmd.exe", "odd.exe", "plain")), Message(2, Record("cmd.exe", "odd.exe", "evil riddle", guid: "{2}")),
            Message(3, Record("cmd.exe", "odd.exe", "evil", guid: "{3}")));

        Assert.Single(outcome.Detections);
        Assert.Equal(DeadLetterReasons.InternalError, Assert.Single(bench.DeadLetters.All).Reason);
        Assert.Equal(2, Assert.Single(await bench.LaunchesAsync("cmd.exe")).Count.Launches);
    }

    private PipelineBench Bench(RuleSet rules, params ExceptionItem[] items)
    {
        var bench = new PipelineBench();
        bench.Snapshot = bench.Snapshot with { Model = _model, Rules = rules, Exceptions = ExceptionList.Of(items, Groups) };
        return bench;
    }
}
