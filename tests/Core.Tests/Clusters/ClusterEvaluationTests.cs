using System.Text;
using System.Text.Json;
using Changeling.Baseline;
using Changeling.Clusters;
using Changeling.Core.Tests.Pipeline;
using Changeling.Exceptions;
using Changeling.Rules;
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

        var found = await Outbox(_bench.Store).NextAsync(isRetry: false, Token);
        Assert.Equal(["suspicious-cluster-by-host", "suspicious-cluster-by-user"], found.Select(f => f.RuleId).Where(r => !r.EndsWith("parent", StringComparison.Ordinal)).Order());
        using var json = JsonDocument.Parse(found.First(f => f.RuleId == "suspicious-cluster-by-host").Body);
        var cluster = json.RootElement.GetProperty("evidences")[0].GetProperty("data").GetProperty("cluster");
        Assert.Equal((10, 9.7, "ws-0417"), (cluster.GetProperty("launches").GetInt32(), cluster.GetProperty("probability_sum").GetDouble(), json.RootElement.GetProperty("device").GetProperty("hostname").GetString()));
        Assert.True(json.RootElement.GetProperty("is_alert").GetBoolean());
    }

    [Fact]
    public async Task A_window_that_may_still_grow_is_not_judged()
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

        var found = await Outbox(_bench.Store).NextAsync(isRetry: false, Token);
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
            var outbox = Outbox(store);
            for (var run = 0; run < 60; run++)
            {
                try
                {
                    store.Odds = run < 40 ? 0.1 : 0;
                    await Evaluation(store).RunAsync(RuleSet.Shipped, ExceptionList.Empty, Token);
                    var answer = await outbox.NextAsync(isRetry: false, Token);
                    if (random.NextDouble() < store.Odds * 3) throw new KilledException();
                    foreach (var detection in answer) Assert.Equal(emitted[Id(detection)] = emitted.GetValueOrDefault(Id(detection), Text(detection)), Text(detection));
                    outbox.Answered(answer);
                }
                catch (KilledException)
                {
                    // Process and host die together: what the host had not sent is lost with the answer.
                    outbox = Outbox(store);
                }
            }

            Assert.Equal(expected, emitted.Keys.Order());
            Assert.Empty(await store.UnemittedAsync(ClusterBench.Baseline, 100, Token));
        }
    }

    [Fact]
    public async Task Two_runs_at_once_decide_each_window_once()
    {
        await _bench.AttackAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Evaluation(_bench.Store).RunAsync(RuleSet.Shipped, ExceptionList.Empty, Token), Token)));

        Assert.Equal((await _bench.Store.UnemittedAsync(ClusterBench.Baseline, 100, Token)).Count, outcomes.Sum(o => o.Detections));
    }

    [Fact]
    public async Task An_answer_that_the_host_could_not_deal_with_is_handed_over_again()
    {
        await _bench.AttackAsync();
        await Evaluation(_bench.Store).RunAsync(RuleSet.Shipped, ExceptionList.Empty, Token);
        var outbox = Outbox(_bench.Store);

        var first = await outbox.NextAsync(isRetry: false, Token);
        outbox.Answered(first);
        var retried = await outbox.NextAsync(isRetry: true, Token);
        outbox.Answered(retried);
        var next = await outbox.NextAsync(isRetry: false, Token);

        Assert.Equal(first.Select(Text), retried.Select(Text));
        Assert.Empty(next);
    }

    private static ClusterEvaluation Evaluation(IClusterStore store) => ClusterBench.Evaluation(store);

    private static ClusterOutbox Outbox(IClusterStore store) => ClusterBench.Outbox(store);

    private static string Text(ClusterDetection detection) => Encoding.UTF8.GetString(detection.Body.Span);

    private static string Id(ClusterDetection detection) => PipelineBench.Id(detection.Body);
}
