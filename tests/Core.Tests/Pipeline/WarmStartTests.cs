using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Operations;
using Changeling.Pipeline;
using Changeling.Rarity;
using Changeling.Storing;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>What a partition's snapshot holds, and how its next owner starts from it.</summary>
public class WarmStartTests
{
    private static readonly EventPartition Partition = new("telemetry", "0");
    private readonly CountingStore _store = new(new InMemoryBaselineStore());

    [Fact]
    public async Task Nothing_is_told_before_the_first_commit()
    {
        Assert.Null(await NewProcess().SnapshotAsync(Partition, null, Token));
    }

    [Fact]
    public async Task The_next_owner_reads_no_parent_when_the_snapshot_is_of_the_watermark_and_counts_on_exactly()
    {
        var before = NewProcess();
        await before.ProcessAsync(Batch(Message(1, Record("a.exe", "x.exe")), Message(2, Record("b.exe", "y.exe"))), Snapshot(), Token);
        var last = await before.SnapshotAsync(Partition, null, Token);
        _store.LaunchReads = 0;

        await NewProcess().ProcessAsync(Batch(Message(3, Record("a.exe", "x.exe"))), Snapshot(last!), Token);

        Assert.Equal(0, _store.LaunchReads);
        Assert.Equal(
            2, Assert.Single(await _store.ReadLaunchesAsync(new BaselinePartition("default", Partition), "a.exe", Token)).Count.Launches);
    }

    [Fact]
    public async Task A_snapshot_that_the_watermark_has_passed_is_not_started_from()
    {
        var before = NewProcess();
        await before.ProcessAsync(Batch(Message(1, Record("a.exe", "x.exe"))), Snapshot(), Token);
        var stale = await before.SnapshotAsync(Partition, null, Token);
        await before.ProcessAsync(Batch(Message(2, Record("a.exe", "x.exe"))), Snapshot(), Token);

        await NewProcess().ProcessAsync(Batch(Message(3, Record("a.exe", "x.exe"))), Snapshot(stale!), Token);

        Assert.Equal(
            3, Assert.Single(await _store.ReadLaunchesAsync(new BaselinePartition("default", Partition), "a.exe", Token)).Count.Launches);
    }

    [Fact]
    public async Task Parents_of_the_last_snapshot_stay_in_the_next_one_but_nobody_starts_from_them()
    {
        var before = NewProcess();
        await before.ProcessAsync(Batch(Message(1, Record("a.exe", "x.exe"))), Snapshot(), Token);
        var last = await before.SnapshotAsync(Partition, null, Token);
        await before.ProcessAsync(Batch(Message(2, Record("a.exe", "x.exe"))), Snapshot(), Token);
        var cold = NewProcess();
        await cold.ProcessAsync(Batch(Message(3, Record("b.exe", "y.exe"))), Snapshot(last!), Token);

        var next = await cold.SnapshotAsync(Partition, last, Token);

        Assert.Equal([("a.exe", false), ("b.exe", true)], next!.Parents.Select(p => (p.Key, p.Value.IsExact)).Order());
    }

    [Fact]
    public async Task Rows_of_before_a_reset_are_in_no_later_snapshot()
    {
        var store = new InMemoryBaselineStore();
        var app = new BatchPipeline(store, new RecordedDeadLetters(), new PipelineSettings());
        await app.ProcessAsync(
            Batch(Message(1, Record("a.exe", "x.exe")), Message(2, Record("a.exe", "x.exe"), Some.Time.AddHours(1))), Snapshot(), Token);
        var last = await app.SnapshotAsync(Partition, null, Token);
        await new BaselineReset(store).RunAsync(new BaselinePartition("default", Partition), entirely: false, null, Token);

        await app.ProcessAsync(
            Batch(Message(2, Record("a.exe", "x.exe"), Some.Time.AddHours(1)), Message(3, Record("b.exe", "y.exe"), Some.Time.AddHours(2))),
            Snapshot(last!),
            Token);
        var next = await app.SnapshotAsync(Partition, last, Token);

        Assert.Equal(["b.exe"], next!.Parents.Keys);
        Assert.Empty(await store.ReadLaunchesAsync(new BaselinePartition("default", Partition), "a.exe", Token));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static EventBatch Batch(params TelemetryMessage[] messages) => new(Partition, messages);

    private static PipelineSnapshot Snapshot(params PartitionSnapshot[] known) =>
        new(new WordModel(), Priors.Small, RuleSets.ByParent) { Fleet = FleetView.Of(known, new HalfLife(30)) };

    private BatchPipeline NewProcess() => new(_store, new RecordedDeadLetters(), new PipelineSettings());

    private sealed class CountingStore(IBaselineStore store) : BaselineStoreDecorator(store)
    {
        public int LaunchReads { get; set; }

        public override Task<IReadOnlyList<CountRow>> ReadLaunchesAsync(
            BaselinePartition partition, string parent, CancellationToken cancellationToken)
        {
            LaunchReads++;
            return base.ReadLaunchesAsync(partition, parent, cancellationToken);
        }
    }
}
