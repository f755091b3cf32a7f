using Changeling.Counts;
using Changeling.Events;
using Changeling.Operations;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Operations;

/// <summary>Imports and resets that are killed, throttled, cut off, and disturbed by an app that counts meanwhile.</summary>
public sealed class ImportAndResetTests
{
    private const int Day = 20_760;
    private static readonly BaselinePartition Target = new("default", new EventPartition("telemetry", "0"));
    private static readonly DateTimeOffset Clock = DateTimeOffset.UnixEpoch.AddDays(Day);

    private readonly InMemoryBaselineStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Seven parents, one of them with more rows than a transaction takes.</summary>
    private static readonly (string Parent, CountRow Row)[] File =
        [.. Enumerable.Range(0, 7).SelectMany(p => Enumerable.Range(0, p == 3 ? 250 : 40)
            .Select(c => ($"p{p}.exe", Row($"c{c}.exe", (p * 1000) + c + 1))))];

    [Fact]
    public async Task Whatever_interrupts_an_import_beside_an_app_each_launch_counts_once()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var store = new InMemoryBaselineStore();
            var chance = new Random(seed);
            var counted = await AppCountsAsync(store, chance.Next(3));
            var isDone = false;
            for (var runs = 0; !isDone; runs++)
            {
                Assert.True(runs < 500, $"seed {seed}: it never gets done");
                if (chance.Next(3) == 0) counted += await AppCountsAsync(store, 1);
                try
                {
                    await ImportAsync(store, new FaultyRows(store, () => (CommitFault)chance.Next(12)));
                    isDone = true;
                }
                catch (Exception exception) when (exception is KilledException or StoreUnavailableException)
                {
                    // The next run continues.
                }
            }

            Assert.Equal(0, await ImportAsync(store, store));
            await AssertImportedAsync(store, ("p0.exe", "c0.exe", counted));
        }
    }

    [Fact]
    public async Task A_partition_that_was_empty_learns_until_the_last_row_is_in()
    {
        var edits = 0;
        await Assert.ThrowsAsync<KilledException>(
            () => ImportAsync(_store, new FaultyRows(_store, () => ++edits == 3 ? CommitFault.Dies : CommitFault.None)));
        var half = (await _store.ReadWatermarkAsync(Target, Cancellation))!.Value.Watermark;

        await ImportAsync(_store, _store);

        var whole = (await _store.ReadWatermarkAsync(Target, Cancellation))!.Value.Watermark;
        Assert.True(half.LearningSince > Clock.AddYears(1000));
        Assert.Equal((Clock.AddDays(-90), Clock, -1), (whole.LearningSince, whole.HighestEnqueuedTime, whole.Position.SequenceNumber));
    }

    [Fact]
    public async Task Another_file_of_the_same_counts_is_refused_and_changes_nothing()
    {
        await ImportAsync(_store, _store);
        var before = (await _store.ReadGuardAsync(Target, Cancellation))!.Version;

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => ImportAsync(_store, _store, digest: "other"));

        Assert.Contains("another file", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, (await _store.ReadGuardAsync(Target, Cancellation))!.Version);
    }

    [Fact]
    public async Task The_position_is_taken_over_only_by_an_empty_partition_and_from_a_still_one()
    {
        var source = new ImportSource("a:default:telemetry/0", "d1", TakesPosition: true);
        var import = new BaselineImport(_store, _store, new HalfLife(30));

        await Assert.ThrowsAsync<InvalidDataException>(
            () => import.RunAsync(Target, source, Exported with { HasMoved = true }, File.ToAsyncEnumerable(), null, Cancellation));
        await import.RunAsync(Target, source, Exported, File.ToAsyncEnumerable(), null, Cancellation);

        Assert.Equal(Exported.Watermark, (await _store.ReadWatermarkAsync(Target, Cancellation))!.Value.Watermark);
        await Assert.ThrowsAsync<InvalidDataException>(() => import.RunAsync(
            Target, source with { Name = "another" }, Exported, File.ToAsyncEnumerable(), null, Cancellation));
    }

    [Fact]
    public async Task A_parent_never_gets_more_rows_of_its_own_than_an_app_gives_it()
    {
        var rows = Enumerable.Range(0, 900).Select(i => ("p.exe", Row($"mine{i}.exe", 1))).Chunk(90);
        string? version = null;
        foreach (var some in rows)
            version = (await _store.CommitAsync(Target, new BaselineCommit(version, At(1), some, []), Cancellation)).Version;
        var file = Enumerable.Range(0, 900).Select(i => ("p.exe", Row($"theirs{i}.exe", 1))).ToAsyncEnumerable();

        await new BaselineImport(_store, _store, new HalfLife(30))
            .RunAsync(Target, new ImportSource("a", "d", false), Exported, file, null, Cancellation);

        var stored = await _store.ReadLaunchesAsync(Target, "p.exe", Cancellation);
        Assert.Equal(ParentHistory.MaxOwnRows, stored.Count(r => !r.IsShared));
        Assert.Equal(1800, stored.Sum(r => r.Count.Launches));
    }

    [Fact]
    public async Task Whatever_interrupts_a_reset_no_app_reads_a_partition_that_is_half_empty()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var store = new InMemoryBaselineStore();
            var chance = new Random(seed);
            await ImportAsync(store, store);
            var isDone = false;
            while (!isDone)
            {
                try
                {
                    await new BaselineReset(new FaultyRows(store, () => (CommitFault)chance.Next(9)))
                        .RunAsync(Target, entirely: false, null, Cancellation);
                    isDone = true;
                }
                catch (Exception exception) when (exception is KilledException or StoreUnavailableException)
                {
                    // The next run continues; meanwhile an app either sees all, or is refused, or sees nothing.
                }

                var rows = await store.LaunchesAsync(Target, Cancellation).CountAsync(Cancellation);
                var isReadable = !(await store.ReadGuardAsync(Target, Cancellation))!.IsResetting;
                if (isReadable) Assert.True(rows == 0 || rows == File.Length, $"seed {seed}: an app reads {rows} rows");
            }

            var watermark = (await store.ReadWatermarkAsync(Target, Cancellation))!.Value.Watermark;
            Assert.Equal((Clock, -1), (watermark.LearningSince, watermark.Position.SequenceNumber));
            Assert.Equal(File.Length, await ImportAsync(store, store));
        }
    }

    private static ExportedPartition Exported => new(
        new EventPartition("elsewhere", "9"), new Watermark(new Position(2, 4711, 3), Clock, Clock.AddDays(-90)), File.Length,
        HasMoved: false);

    private static CountRow Row(string child, int launches) =>
        new(child, new LaunchCount(launches * LaunchCount.One.Units), Day, Clock, Clock);

    private static Watermark At(long sequenceNumber) => new(new Position(0, sequenceNumber, 0), Clock, Clock);

    private static Task<long> ImportAsync(InMemoryBaselineStore store, IBaselineRows rows, string digest = "d1") =>
        new BaselineImport(store, rows, new HalfLife(30)).RunAsync(
        Target, new ImportSource("acct:default:elsewhere/9", digest, TakesPosition: false), Exported, File.ToAsyncEnumerable(), null,
        Cancellation);

    /// <summary>An app counts launches of p0 &gt; c0, each in a commit of its own.</summary>
    private static async Task<int> AppCountsAsync(InMemoryBaselineStore store, int launches)
    {
        for (var i = 0; i < launches; i++)
        {
            var read = await store.ReadWatermarkAsync(Target, Cancellation);
            var row = (await store.ReadLaunchesAsync(Target, "p0.exe", Cancellation)).SingleOrDefault(r => r.Name == "c0.exe")
                ?? Row("c0.exe", 0);
            var next = read is { } found
                ? found.Watermark with { Position = new Position(0, found.Watermark.Position.SequenceNumber + 1, 0) }
                : At(0);
            await store.CommitAsync(
                Target, new BaselineCommit(read?.Version, next, [("p0.exe", row with { Count = row.Count.PlusOne() })], []), Cancellation);
        }

        return launches;
    }

    private static async Task AssertImportedAsync(InMemoryBaselineStore store, (string Parent, string Child, int Launches) counted)
    {
        var stored = await store.LaunchesAsync(Target, Cancellation)
            .Select(e => (e.Parent, e.Row.Name!, e.Row.Count.Launches))
            .ToListAsync(Cancellation);
        var expected = File.Select(
            f =>
                (
                    f.Parent, f.Row.Name!,
                    f.Row.Count.Launches + ((f.Parent, f.Row.Name) == (counted.Parent, counted.Child) ? counted.Launches : 0)));
        Assert.Equal(expected.Order(), stored.Order());
    }
}
