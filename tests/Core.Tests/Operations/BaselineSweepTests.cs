using Changeling.Counts;
using Changeling.Events;
using Changeling.Operations;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Operations;

public class BaselineSweepTests
{
    private static readonly BaselinePartition Partition = new("default", new EventPartition("telemetry", "3"));
    private static readonly DateTimeOffset Now = Some.Time;
    private static readonly int Today = new PartitionClock(Now).Day;

    private readonly InMemoryBaselineStore _store = new();

    [Fact]
    public async Task Only_rows_that_count_as_absent_go()
    {
        await CommitAsync(
            Partition, Now, launches: [Row("old.exe", Today - 131), Row("young.exe", Today - 125), Row("often.exe", Today - 131, 10)]);

        var outcome = await SweepAsync();

        Assert.Equal(new SweepOutcome(1, 3, 1, true), outcome);
        Assert.Equal(["often.exe", "young.exe"], await ChildrenAsync(Partition));
    }

    [Theory]
    [InlineData(30, 3, 29, true)]
    [InlineData(30, 3, 31, false)]
    [InlineData(2, 7, 7.5, true)] // older than the retention, but the hub may send its message again
    [InlineData(2, 7, 8.5, false)]
    public async Task A_detection_stays_as_long_as_retention_and_hub_want_it(double retention, double hub, double age, bool stays)
    {
        await CommitAsync(Partition, Now, detection: Now.AddDays(-age));

        await SweepAsync(retention: TimeSpan.FromDays(retention), hub: TimeSpan.FromDays(hub));

        Assert.Equal(stays ? 1 : 0, (await DetectionsAsync()).Count);
    }

    [Fact]
    public async Task A_detection_that_does_not_say_its_time_is_kept()
    {
        await CommitAsync(Partition, Now, withDetection: true);

        await SweepAsync();

        Assert.Single(await DetectionsAsync());
    }

    [Fact]
    public async Task Signals_stay_for_two_days_of_the_partition_clock()
    {
        StoredSignals Aged(long number, TimeSpan age) => new(new Position(0, number, 0), Now - age, "{}"u8.ToArray());
        var signals = new[] { Aged(1, StoredSignals.Kept + TimeSpan.FromTicks(1)), Aged(2, StoredSignals.Kept), Aged(3, TimeSpan.Zero) };
        await _store.CommitAsync(
            Partition, new BaselineCommit(null, new Watermark(new(0, 3, 0), Now, Now), [], []) { Signals = signals },
            TestContext.Current.CancellationToken);

        var outcome = await SweepAsync();

        Assert.Equal(new SweepOutcome(1, 3, 1, true), outcome);
        Assert.Equal(signals[1..], _store.Signals(Partition.ToString(), null, 10));
    }

    [Fact]
    public async Task Now_is_each_partitions_own_clock()
    {
        var still = Partition with { Source = new EventPartition("telemetry", "4") };
        await CommitAsync(Partition, Now, launches: [Row("old.exe", Today - 200)]);
        await CommitAsync(still, Now.AddDays(-199), launches: [Row("old.exe", Today - 200)]);

        await SweepAsync();

        Assert.Empty(await ChildrenAsync(Partition));
        Assert.Equal(["old.exe"], await ChildrenAsync(still));
    }

    [Fact]
    public async Task A_run_is_bounded_and_the_next_goes_on_where_it_was()
    {
        string? version = null;
        for (var i = 0; i < 5; i++)
        {
            var rows = Enumerable.Range(0, 90).Select(n => Row($"n{i}-{n}.exe", Today - 200));
            version = await CommitAsync(Partition, Now, version, i, [.. rows]);
        }

        var runs = new List<SweepOutcome>();
        do runs.Add(await SweepAsync(requests: 50));
        while (!runs[^1].IsDone && runs.Count < 20);

        Assert.True(runs.Count > 3, $"{runs.Count} runs");
        Assert.Equal((450, 450), (runs.Sum(r => r.Rows), runs.Sum(r => r.Deleted)));
        Assert.Empty(await ChildrenAsync(Partition));
    }

    [Fact]
    public async Task A_partition_is_swept_once_per_day_of_its_clock()
    {
        var version = await CommitAsync(Partition, Now, launches: [Row("young.exe", Today)]);
        await SweepAsync();

        var again = await SweepAsync();
        await CommitAsync(Partition, Now.AddDays(200), version, 9);
        var later = await SweepAsync();

        Assert.Equal((0, 1), (again.Rows, later.Deleted));
    }

    [Fact]
    public async Task A_row_that_was_launched_again_after_the_look_stays()
    {
        var version = await CommitAsync(Partition, Now, launches: [Row("old.exe", Today - 200)]);
        var page = await _store.ReadPageAsync(Partition.ToString(), null, TestContext.Current.CancellationToken);
        await CommitAsync(Partition, Now, version, 1, [Row("old.exe", Today)]);

        var (deleted, _) = await _store.DeleteAsync(Partition.ToString(), page.Rows, TestContext.Current.CancellationToken);

        Assert.Equal(0, deleted);
        Assert.Equal(["old.exe"], await ChildrenAsync(Partition));
    }

    private static CountRow Row(string child, int day, int launches = 1) =>
        new(child, new LaunchCount(LaunchCount.One.Units * launches), day, Now, Now);

    private async Task<string?> CommitAsync(
        BaselinePartition partition, DateTimeOffset clock, string? version =
            null, long number = 0, CountRow[]? launches = null, DateTimeOffset? detection = null, bool withDetection = false)
    {
        StoredDetection[] detections = detection is null && !withDetection
            ? []
            : [new(new Position(0, number, 0), "rule", "{}"u8.ToArray()) { EnqueuedTime = detection }];
        var commit = new BaselineCommit(
            version,
            new Watermark(new Position(0, number, 0), clock, clock),
            [.. (launches ?? []).Select(r => ("cmd.exe", r))],
            detections);
        return (await _store.CommitAsync(partition, commit, TestContext.Current.CancellationToken)).Version;
    }

    private Task<SweepOutcome> SweepAsync(TimeSpan? retention = null, TimeSpan? hub = null, int requests = 1000) =>
        new BaselineSweep(_store, new SweepPolicy(new HalfLife(30), retention ?? TimeSpan.FromDays(90), hub ?? TimeSpan.FromDays(7)))
            .RunAsync("default", requests, TestContext.Current.CancellationToken);

    private async Task<IEnumerable<string?>> ChildrenAsync(BaselinePartition partition) =>
        (await _store.ReadLaunchesAsync(partition, "cmd.exe", TestContext.Current.CancellationToken))
            .Select(r => r.Name)
            .Order(StringComparer.Ordinal);

    private Task<IReadOnlyList<StoredDetection>> DetectionsAsync() =>
        _store.ReadDetectionsAsync(
            Partition, default, new Position(int.MaxValue, long.MaxValue, int.MaxValue), TestContext.Current.CancellationToken);
}
