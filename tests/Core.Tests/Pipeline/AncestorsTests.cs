using System.Text.Json;
using Changeling.Storing;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>Where a reported launch stands in its tree, through the whole pipeline.</summary>
public class AncestorsTests
{
    [Fact]
    public async Task A_finding_has_the_launches_above_it_with_what_the_model_said()
    {
        var bench = Bench();
        await bench.ProcessAsync(
            Message(1, Record("explorer.exe", "winword.exe", "plain", guid: "{w}", parentGuid: "{e}")),
            Message(2, Record("winword.exe", "cmd.exe", "evil one", guid: "{c}", parentGuid: "{w}")));

        var outcome = await bench.ProcessAsync(Message(3, Record("cmd.exe", "odd.exe", "evil two", guid: "{o}", parentGuid: "{c}")));

        Assert.Equal(
            ["cmd.exe True 0.97", "winword.exe True 0.02", "explorer.exe False "], Ancestors(Assert.Single(outcome.Detections)));
    }

    [Fact]
    public async Task After_a_start_the_tree_is_unknown_and_said_so()
    {
        var bench = Bench();
        await bench.ProcessAsync(Message(1, Record("winword.exe", "cmd.exe", "plain", guid: "{c}", parentGuid: "{w}")));
        bench.Restart();

        var outcome = await bench.ProcessAsync(Message(2, Record("cmd.exe", "odd.exe", "evil", guid: "{o}", parentGuid: "{c}")));

        Assert.Equal(["cmd.exe False "], Ancestors(Assert.Single(outcome.Detections)));
    }

    [Fact]
    public async Task A_launch_that_is_decided_again_after_a_failed_commit_has_the_same_tree()
    {
        var fails = 1;
        var bench = Bench(_ => fails-- > 0 ? CommitFault.NotAppliedAnswerLost : CommitFault.None);

        var outcome = await bench.ProcessAsync(
            Message(1, Record("winword.exe", "cmd.exe", "plain", guid: "{c}", parentGuid: "{w}")),
            Message(2, Record("cmd.exe", "odd.exe", "evil", guid: "{o}", parentGuid: "{c}")));

        Assert.Equal(["cmd.exe True 0.02", "winword.exe False "], Ancestors(Assert.Single(outcome.Detections)));
    }

    private static PipelineBench Bench(Func<BaselineCommit, CommitFault>? faults = null)
    {
        var bench = new PipelineBench(faults);
        bench.Snapshot = bench.Snapshot with { Rules = RuleSets.Only("suspicious-low-probability") };
        return bench;
    }

    private static IEnumerable<string> Ancestors(ReadOnlyMemory<byte> detection)
    {
        using var json = JsonDocument.Parse(detection);
        return
        [
            .. json.RootElement.GetProperty("evidences")[0].GetProperty("data").GetProperty("ancestors").EnumerateArray().Select(a =>
                $"{a.GetProperty("name")} {a.GetProperty("seen")} {(a.TryGetProperty("probability", out var p) ? p.ToString() : "")}"),
        ];
    }
}
