using System.Text.Json;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Incidents;
using Changeling.Rules;
using Changeling.Storing;

namespace Changeling.Core.Tests.Incidents;

/// <summary>Event partitions with signals, and the gathering over stores in memory.</summary>
internal sealed class IncidentBench
{
    private const string Baseline = "default";
    private readonly Dictionary<string, (long Next, string? Version, DateTimeOffset Clock)> _partitions = [];
    private readonly InMemoryBaselineStore _counts = new();
    private IncidentGathering _gathering;

    public IncidentBench(AlertKind alerts = AlertKind.Incidents)
    {
        Alerts = alerts;
        var clusters = new InMemoryClusterStore(_counts, () => _partitions.Keys.Select(Named));
        Store = new InMemoryIncidentStore(_counts, clusters);
        _gathering = NewProcess();
    }

    public IIncidentStore Store { get; set; }

    public AlertKind Alerts { get; }

    /// <summary>The hosts of each partition, as its watermark holds them.</summary>
    public HostSketch Hosts { get; } = new();

    /// <summary>When the partitions began.</summary>
    public DateTimeOffset Since { get; set; } = SomeSignal.Start.AddDays(-2);

    /// <summary>Forgets everything that a process keeps in memory.</summary>
    public void Restart() => _gathering = NewProcess();

    /// <summary>Commits signals, in one row for each call, and moves the partition's clock to the last of them or further.</summary>
    public async Task CommitAsync(string partition, double? minute, params Signal[] signals)
    {
        var (next, version, clock) = _partitions.GetValueOrDefault(partition);
        var last = signals.Select(s => s.Time).Append(minute is { } m ? SomeSignal.Start.AddMinutes(m) : clock).Append(clock).Max();
        var watermark = new Watermark(new Position(0, next + signals.Length, 0), last, Since) { Hosts = Hosts.ToText() };
        var commit = new BaselineCommit(version, watermark, [], [])
        {
            Signals = SignalJson.Rows([.. signals.Select((signal, i) => (new Position(0, next + i, 0), signal))]),
        };
        var result = await _counts.CommitAsync(Named(partition), commit, TestContext.Current.CancellationToken);
        Assert.Equal(CommitOutcome.Committed, result.Outcome);
        _partitions[partition] = (next + signals.Length + 1, result.Version, last);
    }

    /// <summary>Puts a row into a partition that is not a list of signals.</summary>
    public async Task DamageAsync(string partition)
    {
        var (next, version, clock) = _partitions[partition];
        var commit = new BaselineCommit(version, new Watermark(new Position(0, next, 0), clock, Since), [], [])
        {
            Signals = [new(new Position(0, next, 0), clock, "{ not json"u8.ToArray())],
        };
        var result = await _counts.CommitAsync(Named(partition), commit, TestContext.Current.CancellationToken);
        _partitions[partition] = (next + 1, result.Version, clock);
    }

    public Task<IncidentOutcome> GatherAsync() => _gathering.RunAsync(RuleSet.Shipped, TestContext.Current.CancellationToken);

    /// <summary>The messages that wait to be sent.</summary>
    public async Task<IReadOnlyList<JsonElement>> WaitingAsync() =>
    [
        .. (await Store.UnsentAsync(Baseline, 1_000, TestContext.Current.CancellationToken))
            .Select(m => JsonDocument.Parse(m.Body).RootElement),
    ];

    /// <summary>The incidents in the store.</summary>
    public async Task<IReadOnlyList<Incident>> StoredAsync() =>
    [
        .. (await Store.ReadRowsAsync(Baseline, TestContext.Current.CancellationToken))
            .Where(r => r.Kind == IncidentRowKind.Incident)
            .Select(r => IncidentRows.Read(r)!),
    ];

    private IncidentGathering NewProcess() => new(new Passing(() => Store), Baseline, DetectionFormat.Ocsf, Alerts);

    private static BaselinePartition Named(string partition) => new(Baseline, new EventPartition("telemetry", partition));

    /// <summary>Reaches the store that is set at that moment.</summary>
    private sealed class Passing(Func<IIncidentStore> store) : IIncidentStore
    {
        public Task<IReadOnlyList<(string Partition, Watermark Watermark)>> PartitionsAsync(
            string baseline, CancellationToken cancellationToken) =>
            store().PartitionsAsync(baseline, cancellationToken);

        public Task<IReadOnlyList<StoredSignals>> SignalsAsync(
            string partition, Position? after, int most, CancellationToken cancellationToken) =>
            store().SignalsAsync(partition, after, most, cancellationToken);

        public Task<(ClockWindow? Evaluated, IReadOnlyList<ClusterDetection> Found)> ClustersAsync(
            string baseline, ClockWindow? after, CancellationToken cancellationToken) =>
            store().ClustersAsync(baseline, after, cancellationToken);

        public Task<(IncidentState State, string Version)?> ReadStateAsync(string baseline, CancellationToken cancellationToken) =>
            store().ReadStateAsync(baseline, cancellationToken);

        public Task<IReadOnlyList<IncidentRow>> ReadRowsAsync(string baseline, CancellationToken cancellationToken) =>
            store().ReadRowsAsync(baseline, cancellationToken);

        public Task<string?> CommitAsync(string baseline, IncidentStep change, CancellationToken cancellationToken) =>
            store().CommitAsync(baseline, change, cancellationToken);

        public Task<IReadOnlyList<IncidentMessage>> UnsentAsync(string baseline, int most, CancellationToken cancellationToken) =>
            store().UnsentAsync(baseline, most, cancellationToken);

        public Task MarkSentAsync(string baseline, IReadOnlyList<IncidentMessage> messages, CancellationToken cancellationToken) =>
            store().MarkSentAsync(baseline, messages, cancellationToken);
    }
}
