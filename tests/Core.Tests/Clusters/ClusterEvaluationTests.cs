using System.Text;
using System.Text.Json;
using Changeling.Baseline;
using Changeling.Clusters;
using Changeling.Core.Tests.Pipeline;
using Changeling.Events;
using Changeling.Rules;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Clusters;

public class ClusterEvaluationTests
{
    private const string Baseline = "default";
    private const int Partitions = 32;
    private static readonly DateTimeOffset Start = ClockWindow.At(Some.Time).Start;

    private readonly InMemoryBaselineStore _counts = new();
    private readonly BatchPipeline _pipeline;
    private readonly InMemoryClusterStore _store;
    private readonly PipelineSnapshot _snapshot = new(new WordModel(), Priors.Small, RuleSet.Shipped);
    private readonly long[] _next = new long[Partitions];

    public ClusterEvaluationTests()
    {
        _pipeline = new BatchPipeline(_counts, new RecordedDeadLetters(), new PipelineSettings { EmitAfter = TimeSpan.Zero });
        _store = new InMemoryClusterStore(_counts, () => Enumerable.Range(0, Partitions).Select(i => new BaselinePartition(Baseline, Partition(i))));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_malicious_launches_of_one_host_spread_over_32_partitions_are_found()
    {
        await AttackAsync();

        await Evaluation(_store).RunAsync(RuleSet.Shipped, Token);

        var found = await Outbox(_store).NextAsync(isRetry: false, Token);
        Assert.Equal(["suspicious-cluster-by-host", "suspicious-cluster-by-user"], found.Select(f => f.RuleId).Where(r => !r.EndsWith("parent", StringComparison.Ordinal)).Order());
        using var json = JsonDocument.Parse(found.First(f => f.RuleId == "suspicious-cluster-by-host").Body);
        var cluster = json.RootElement.GetProperty("evidences")[0].GetProperty("data").GetProperty("cluster");
        Assert.Equal((10, 9.7, "ws-0417"), (cluster.GetProperty("launches").GetInt32(), cluster.GetProperty("probability_sum").GetDouble(), json.RootElement.GetProperty("device").GetProperty("hostname").GetString()));
        Assert.True(json.RootElement.GetProperty("is_alert").GetBoolean());
    }

    [Fact]
    public async Task A_window_that_may_still_grow_is_not_judged()
    {
        await AttackAsync(closing: false);

        var outcome = await Evaluation(_store).RunAsync(RuleSet.Shipped, Token);

        Assert.Equal(0, outcome.Detections);
    }

    [Fact]
    public async Task What_a_host_always_does_is_no_cluster()
    {
        for (var window = 0; window < 40; window++) await BurstAsync(Start + (window * ClockWindow.Length));
        await CloseAsync(Start + (40 * ClockWindow.Length));

        await Evaluation(_store).RunAsync(RuleSet.Shipped, Token);

        var found = await Outbox(_store).NextAsync(isRetry: false, Token);
        Assert.All(found, f => Assert.InRange(f.Window.Number, ClockWindow.At(Start).Number, ClockWindow.At(Start).Number + 8));
    }

    [Fact]
    public async Task Killed_anywhere_and_run_again_each_detection_is_decided_once_and_leaves_with_one_id()
    {
        await AttackAsync();
        var undisturbed = new InMemoryClusterStore(_counts, () => Enumerable.Range(0, Partitions).Select(i => new BaselinePartition(Baseline, Partition(i))));
        await Evaluation(undisturbed).RunAsync(RuleSet.Shipped, Token);
        var expected = (await undisturbed.UnemittedAsync(Baseline, 100, Token)).Select(Id).Order().ToList();

        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var emitted = new Dictionary<string, string>(StringComparer.Ordinal);
            var store = new DyingStore(new InMemoryClusterStore(_counts, () => Enumerable.Range(0, Partitions).Select(i => new BaselinePartition(Baseline, Partition(i)))), random);
            var outbox = Outbox(store);
            for (var run = 0; run < 60; run++)
            {
                try
                {
                    store.Odds = run < 40 ? 0.1 : 0;
                    await Evaluation(store).RunAsync(RuleSet.Shipped, Token);
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
            Assert.Empty(await store.UnemittedAsync(Baseline, 100, Token));
        }
    }

    [Fact]
    public async Task Two_runs_at_once_decide_each_window_once()
    {
        await AttackAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Evaluation(_store).RunAsync(RuleSet.Shipped, Token), Token)));

        Assert.Equal((await _store.UnemittedAsync(Baseline, 100, Token)).Count, outcomes.Sum(o => o.Detections));
    }

    [Fact]
    public async Task An_answer_that_the_host_could_not_deal_with_is_handed_over_again()
    {
        await AttackAsync();
        await Evaluation(_store).RunAsync(RuleSet.Shipped, Token);
        var outbox = Outbox(_store);

        var first = await outbox.NextAsync(isRetry: false, Token);
        outbox.Answered(first);
        var retried = await outbox.NextAsync(isRetry: true, Token);
        outbox.Answered(retried);
        var next = await outbox.NextAsync(isRetry: false, Token);

        Assert.Equal(first.Select(Text), retried.Select(Text));
        Assert.Empty(next);
    }

    private static EventPartition Partition(int i) => new("telemetry", i.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static ClusterEvaluation Evaluation(IClusterStore store) => new(store, Baseline, TimeSpan.Zero, DetectionFormat.Ocsf);

    private static ClusterOutbox Outbox(IClusterStore store) => new(store, Baseline);

    private static string Text(ClusterDetection detection) => Encoding.UTF8.GetString(detection.Body.Span);

    private static string Id(ClusterDetection detection) => PipelineBench.Id(detection.Body);

    /// <summary>Half a day of quiet, then ten bad launches within one window, each in another partition.</summary>
    private async Task AttackAsync(bool closing = true)
    {
        await CloseAsync(Start);
        await BurstAsync(Start + (50 * ClockWindow.Length));
        if (closing) await CloseAsync(Start + (51 * ClockWindow.Length));
    }

    private async Task BurstAsync(DateTimeOffset window)
    {
        for (var i = 0; i < 10; i++) await SendAsync(i * 3, Record("cmd.exe", $"tool{(char)('a' + (i % 4))}.exe", "evil", window.AddSeconds(i), $"{{{window.Ticks}-{i}}}"), window.AddSeconds(i * 5));
    }

    private async Task CloseAsync(DateTimeOffset time)
    {
        for (var i = 0; i < Partitions; i++) await SendAsync(i, Record("services.exe", "svchost.exe", time: time, guid: $"{{{time.Ticks}-{i}}}"), time);
    }

    private Task<BatchOutcome> SendAsync(int partition, byte[] record, DateTimeOffset time) =>
        _pipeline.ProcessAsync(new EventBatch(Partition(partition), [Message(_next[partition]++, record, time)]), _snapshot, Token);

    /// <summary>Dies before or after any change, as chance has it.</summary>
    private sealed class DyingStore(InMemoryClusterStore store, Random random) : IClusterStore
    {
        public double Odds { get; set; }

        public Task<IReadOnlyList<(string Partition, Watermark Watermark)>> PartitionsAsync(string baseline, CancellationToken cancellationToken) => store.PartitionsAsync(baseline, cancellationToken);

        public Task<IReadOnlyList<MaliciousSum>> SumsAsync(string partition, ClockWindow first, ClockWindow last, CancellationToken cancellationToken) => store.SumsAsync(partition, first, last, cancellationToken);

        public Task<(ClusterState State, string ETag)?> ReadStateAsync(string baseline, CancellationToken cancellationToken) => store.ReadStateAsync(baseline, cancellationToken);

        public Task<EntityHistory?> ReadHistoryAsync(string baseline, ClusterKind kind, string entity, CancellationToken cancellationToken) => store.ReadHistoryAsync(baseline, kind, entity, cancellationToken);

        public async Task<string?> CommitAsync(string baseline, ClusterStep change, CancellationToken cancellationToken)
        {
            if (random.NextDouble() < Odds) throw new KilledException();
            var etag = await store.CommitAsync(baseline, change, cancellationToken);
            if (random.NextDouble() < Odds) throw new KilledException();
            return random.NextDouble() < Odds ? null : etag;
        }

        public Task<IReadOnlyList<ClusterDetection>> UnemittedAsync(string baseline, int most, CancellationToken cancellationToken) => store.UnemittedAsync(baseline, most, cancellationToken);

        public async Task MarkEmittedAsync(string baseline, IReadOnlyList<ClusterDetection> detections, CancellationToken cancellationToken)
        {
            await store.MarkEmittedAsync(baseline, detections, cancellationToken);
            if (random.NextDouble() < Odds) throw new KilledException();
        }
    }
}
