using System.Globalization;
using Changeling.Clusters;
using Changeling.Core.Tests.Pipeline;
using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Pipeline;
using Changeling.Rules;
using Changeling.Storing;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Clusters;

/// <summary>32 event partitions in memory, and bursts of bad launches spread over them.</summary>
internal sealed class ClusterBench
{
    public const string Baseline = "default";
    private const int Partitions = 32;
    public static readonly DateTimeOffset Start = ClockWindow.At(Some.Time).Start;

    private readonly InMemoryBaselineStore _counts = new();
    private readonly BatchPipeline _pipeline;
    private readonly PipelineSnapshot _snapshot = new(new WordModel(), Priors.Small, RuleSet.Shipped);
    private readonly long[] _next = new long[Partitions];

    public ClusterBench()
    {
        _pipeline = new BatchPipeline(_counts, new RecordedDeadLetters(), new PipelineSettings { EmitAfter = TimeSpan.Zero });
        Store = NewStore();
    }

    public InMemoryClusterStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ClusterEvaluation Evaluation(IClusterStore store, AlertKind alerts = AlertKind.Findings) =>
        new(store, Baseline, TimeSpan.Zero, DetectionFormat.Ocsf, alerts);

    public static ClusterOutbox Outbox(IClusterStore store, IDetectionHub hub) => new(store, hub, Baseline);

    /// <summary>What waits to be sent.</summary>
    public static Task<IReadOnlyList<ClusterDetection>> WaitingAsync(IClusterStore store) => store.UnemittedAsync(Baseline, 100, Token);

    /// <summary>An empty store over the same counts.</summary>
    public InMemoryClusterStore NewStore() =>
        new(_counts, () => Enumerable.Range(0, Partitions).Select(i => new BaselinePartition(Baseline, Partition(i))));

    /// <summary>Half a day of quiet, then ten bad launches within one window, each in another partition.</summary>
    public async Task AttackAsync(bool closing = true)
    {
        await CloseAsync(Start);
        await BurstAsync(Start + (50 * ClockWindow.Length));
        if (closing) await CloseAsync(Start + (51 * ClockWindow.Length));
    }

    public async Task BurstAsync(DateTimeOffset window, string host = "ws-0417", string parent = "cmd.exe")
    {
        for (var i = 0;
             i < 10;
             i++) await SendAsync(
                 i * 3,
                 Record(parent, $"tool{(char)('a' + (i % 4))}.exe", "evil", window.AddSeconds(i), $"{{{window.Ticks}-{host}-{i}}}", host),
                 window.AddSeconds(i * 5));
    }

    public async Task CloseAsync(DateTimeOffset time)
    {
        for (var i = 0;
             i < Partitions;
             i++) await SendAsync(i, Record("services.exe", "svchost.exe", time: time, guid: $"{{{time.Ticks}-{i}}}"), time);
    }

    private static EventPartition Partition(int i) => new("telemetry", i.ToString(CultureInfo.InvariantCulture));

    private Task<BatchOutcome> SendAsync(int partition, byte[] record, DateTimeOffset time) =>
        _pipeline.ProcessAsync(new EventBatch(Partition(partition), [Message(_next[partition]++, record, time)]), _snapshot, Token);
}
