using System.Text;
using System.Text.Json;
using Changeling.Clusters;
using Changeling.Core.Tests.Pipeline;
using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.Rules;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Clusters;

public class ClusterEvaluationTests
{
    private static readonly DateTimeOffset Start = ClusterBench.Start;

    private readonly ClusterBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_malicious_launches_of_one_host_spread_over_32_partitions_are_found()
    {
        await _bench.AttackAsync();

        await Evaluation(_bench.Store).RunAsync(RuleSet.Shipped, ExceptionList.Empty, Token);

        var found = await ClusterBench.WaitingAsync(_bench.Store);
        Assert.Equal(
            ["suspicious-cluster-by-host", "suspicious-cluster-by-user"],
            found.Select(f => f.RuleId).Where(r => !r.EndsWith("parent", StringComparison.Ordinal)).Order());
        using var json = JsonDocument.Parse(found.First(f => f.RuleId == "suspicious-cluster-by-host").Body);
        var cluster = json.RootElement.GetProperty("evidences")[0].GetProperty("data").GetProperty("cluster");
        Assert.Equal(
            (10, 9.7, "ws-0417"),
            (
                cluster.GetProperty("launches").GetInt32(), cluster.GetProperty("probability_sum").GetDouble(),
                json.RootElement.GetProperty("device").GetProperty("hostname").GetString()));
        Assert.True(json.RootElement.GetProperty("is_alert").GetBoolean());
    }

    [Fact]
    public async Task A_window_that_may_still_grow_is_not_evaluated()
    {
        await _bench.AttackAsync(closing: false);

        var outcome = await Evaluation(_bench.Store).RunAsync(RuleSet.Shipped, ExceptionList.Empty, Token);

        Assert.Equal(0, outcome.Detections);
    }

    [Fact]
    public async Task What_a_host_always_does_is_no_cluster()
    {
        for (var window = 0; window < 40; window++) await _bench.BurstAsync(Start + (window * ClockWindow.Length));
        await _bench.CloseAsync(Start + (40 * ClockWindow.Length));

        await Evaluation(_bench.Store).RunAsync(RuleSet.Shipped, ExceptionList.Empty, Token);

        var found = await ClusterBench.WaitingAsync(_bench.Store);
        Assert.All(found, f => Assert.InRange(f.Window.Number, ClockWindow.At(Start).Number, ClockWindow.At(Start).Number + 8));
    }

    [Fact]
    public async Task Killed_anywhere_and_run_again_each_detection_is_decided_once_and_leaves_with_one_id()
    {
        await _bench.AttackAsync();
        var undisturbed = _bench.NewStore();
        await Evaluation(undisturbed).RunAsync(RuleSet.Shipped, ExceptionList.Empty, Token);
        var expected = (await undisturbed.UnemittedAsync(ClusterBench.Baseline, 100, Token)).Select(Id).Order().ToList();

        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var emitted = new Dictionary<string, string>(StringComparer.Ordinal);
            var store = new DyingStore(_bench.NewStore(), random);
            var hub = new InMemoryDetectionHub(() => random.NextDouble() < store.Odds ? new KilledException() : null);
            for (var run = 0; run < 60; run++)
            {
                try
                {
                    store.Odds = run < 40 ? 0.1 : 0;
                    await Evaluation(store).RunAsync(RuleSet.Shipped, ExceptionList.Empty, Token);
                    await ClusterBench.Outbox(store, hub).SendAsync(Token);
                }
                catch (KilledException)
                {
                    // Before, between or after the hub's answer and the mark: the next run continues.
                }
            }

            foreach (var sent in hub.Sent)
                Assert.Equal(emitted[PipelineBench.Id(sent)] = emitted.GetValueOrDefault(PipelineBench.Id(sent), Text(sent)), Text(sent));
            Assert.Equal(expected, emitted.Keys.Order());
            Assert.Empty(await store.UnemittedAsync(ClusterBench.Baseline, 100, Token));
        }
    }

    [Fact]
    public async Task Two_runs_at_once_decide_each_window_once()
    {
        await _bench.AttackAsync();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(
                _ => Task.Run(() => Evaluation(_bench.Store).RunAsync(RuleSet.Shipped, ExceptionList.Empty, Token), Token)));

        Assert.Equal((await _bench.Store.UnemittedAsync(ClusterBench.Baseline, 100, Token)).Count, outcomes.Sum(o => o.Detections));
    }

    [Fact]
    public async Task What_the_hub_refuses_is_sent_with_the_next_call_and_then_never_again()
    {
        await _bench.AttackAsync();
        await Evaluation(_bench.Store).RunAsync(RuleSet.Shipped, ExceptionList.Empty, Token);
        var waiting = await ClusterBench.WaitingAsync(_bench.Store);
        Exception? fault = new StoreUnavailableException("The hub is busy.");
        var hub = new InMemoryDetectionHub(() => fault);
        var outbox = ClusterBench.Outbox(_bench.Store, hub);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => outbox.SendAsync(Token));
        fault = null;
        var sent = await outbox.SendAsync(Token);
        var again = await outbox.SendAsync(Token);

        Assert.Equal((waiting.Count, 0), (sent, again));
        Assert.Equal(waiting.Select(d => Text(d.Body)), hub.Sent.Select(Text));
    }

    private static ClusterEvaluation Evaluation(IClusterStore store) => ClusterBench.Evaluation(store);

    private static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);

    private static string Id(ClusterDetection detection) => PipelineBench.Id(detection.Body);
}
