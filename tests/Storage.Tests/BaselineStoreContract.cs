using Changeling.Counts;
using Changeling.Events;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Storage.Tests;

/// <summary>What every baseline store keeps to; run on the in-memory one and on Azurite over its wire protocol.</summary>
public abstract class BaselineStoreContract
{
    private readonly BaselinePartition _partition = new(AzuriteFixture.UniqueName("contract-"), new EventPartition("telemetry", "3"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IBaselineStore Store { get; }

    [Fact]
    public async Task Nothing_committed_is_no_watermark() => Assert.Null(await Store.ReadWatermarkAsync(_partition, Cancellation));

    [Fact]
    public async Task A_chunk_comes_back_as_it_was_committed()
    {
        var watermark = new Watermark(new Position(2, 88_120_417, 3), Some.Time.AddTicks(7), Some.Time.AddDays(-3).AddTicks(1))
        {
            PreviousEpoch = new EpochEnd(new Position(1, 99_000_000_417, 5), Some.Time.AddDays(-1).AddTicks(3)),
            Surprises = "AAA",
            Hosts = "BBB",
        };
        var row = new CountRow("certutil.exe", new LaunchCount(1_234_567_890_123), 20_760, Some.Time.AddTicks(1), Some.Time.AddTicks(9))
        {
            Hosts = DayHosts.None.Take("ws-1", 3).After.Take("ws-2", 3).After.Take("ws-2", 3).After,
        };
        var shared = new CountRow(null, new LaunchCount(7), 20_760, Some.Time, Some.Time);
        var detection = new StoredDetection(new Position(2, 88_120_417, 3), "unusual-process-by-parent", "{\"a\":1}"u8.ToArray());

        var result = await Store.CommitAsync(
            _partition, new BaselineCommit(null, watermark, [("winword.exe", row), ("winword.exe", shared)], [detection]), Cancellation);

        var read = await Store.ReadWatermarkAsync(_partition, Cancellation);
        Assert.Equal(CommitOutcome.Committed, result.Outcome);
        Assert.Equal((watermark, result.Version), (read!.Value.Watermark, read.Value.Version));
        Assert.Equivalent(new[] { row, shared }, await Store.ReadLaunchesAsync(_partition, "winword.exe", Cancellation), strict: true);
        var stored = Assert.Single(await Store.ReadDetectionsAsync(_partition, detection.Position, detection.Position, Cancellation));
        Assert.Equal((detection.Position, detection.RuleId), (stored.Position, stored.RuleId));
        Assert.Equal(detection.Body.ToArray(), stored.Body.ToArray());
    }

    [Fact]
    public async Task A_suppressed_detection_and_what_exceptions_did_come_back_as_they_were_committed()
    {
        var suppressed = new StoredDetection(
            new Position(0, 1, 0), "rule-a", "{}"u8.ToArray())
        { IsSuppressed = true, EnqueuedTime = Some.Time };
        var hit = new ExceptionCount("exc-1", 1_234_567_890_123, Some.Time.AddTicks(1), 0, null);
        var near = new ExceptionCount(new string('e', 64), 0, null, 3, Some.Time);

        var first = await Store.CommitAsync(
            _partition,
            new BaselineCommit(
                null, At(1), [], [suppressed, suppressed with { RuleId = "rule-b", IsSuppressed = false }])
            { Exceptions = [hit, near] },
            Cancellation);
        await Store.CommitAsync(
            _partition, new BaselineCommit(first.Version, At(2), [], []) { Exceptions = [hit.PlusNearMiss(Some.Time)] }, Cancellation);

        Assert.Equal(
            [true, false],
            (await Store.ReadDetectionsAsync(_partition, suppressed.Position, suppressed.Position, Cancellation))
                .Select(d => d.IsSuppressed));
        Assert.Equal(
            hit with { NearMisses = 1, LastNearMiss = Some.Time }, await Store.ReadExceptionAsync(_partition, hit.Id, Cancellation));
        Assert.Equal(near, await Store.ReadExceptionAsync(_partition, near.Id, Cancellation));
        Assert.Null(await Store.ReadExceptionAsync(_partition, "exc-2", Cancellation));
    }

    [Fact]
    public async Task A_commit_on_an_old_watermark_changes_nothing_and_its_outcome_is_unknown()
    {
        var first = await CommitAsync(null, 1, "a.exe");
        var second = await CommitAsync(first.Version, 2, "b.exe");

        var late = await CommitAsync(first.Version, 3, "c.exe");

        Assert.Equal((CommitOutcome.Committed, CommitOutcome.Unknown), (second.Outcome, late.Outcome));
        Assert.Equal(2, (await Store.ReadWatermarkAsync(_partition, Cancellation))!.Value.Watermark.Position.SequenceNumber);
        Assert.Equal(["a.exe", "b.exe"], (await Store.ReadLaunchesAsync(_partition, "cmd.exe", Cancellation)).Select(r => r.Name).Order());
    }

    [Fact]
    public async Task Of_two_first_commits_one_wins()
    {
        var results = await Task.WhenAll(CommitAsync(null, 1, "a.exe"), CommitAsync(null, 1, "b.exe"));

        Assert.Equal([CommitOutcome.Committed, CommitOutcome.Unknown], results.Select(r => r.Outcome).Order());
        Assert.Single(await Store.ReadLaunchesAsync(_partition, "cmd.exe", Cancellation));
    }

    [Fact]
    public async Task A_commit_without_rows_moves_the_watermark()
    {
        var first = await CommitAsync(null, 1);

        var second = await CommitAsync(first.Version, 2);

        Assert.Equal(CommitOutcome.Committed, second.Outcome);
        Assert.NotEqual(first.Version, second.Version);
    }

    [Fact]
    public async Task A_row_that_comes_again_is_replaced()
    {
        var first = await CommitAsync(null, 1, "a.exe");
        var row = new CountRow("a.exe", new LaunchCount(99), 5, Some.Time, Some.Time);

        await Store.CommitAsync(_partition, new BaselineCommit(first.Version, At(2), [("cmd.exe", row)], []), Cancellation);

        Assert.Equal(row, Assert.Single(await Store.ReadLaunchesAsync(_partition, "cmd.exe", Cancellation)));
    }

    [Fact]
    public async Task Names_that_keys_forbid_come_back_and_parents_stay_apart()
    {
        string[] names =
            [
                "a/b\\c#d?.exe", "*", "|", "~002a", "a|b", "été.exe", "\u0001\u007f.exe", "\ud800.exe", "cmd.exe ", "CMD",
                new string('é', 260), new string('é', 259) + "e",
            ];
        string? version = null;
        for (var i = 0; i < names.Length; i++)
        {
            var rows = names.Select(
                (child, n) => (names[i], new CountRow(child, new LaunchCount((i * 100) + n + 1), 1, Some.Time, Some.Time))).ToList();
            var result = await Store.CommitAsync(_partition, new BaselineCommit(version, At(i), rows, []), Cancellation);
            Assert.Equal(CommitOutcome.Committed, result.Outcome);
            version = result.Version;
        }

        for (var i = 0; i < names.Length; i++)
        {
            var rows = await Store.ReadLaunchesAsync(_partition, names[i], Cancellation);
            Assert.Equal(
                names.Select((child, n) => (child, (i * 100L) + n + 1)).Order(), rows.Select(r => (r.Name!, r.Count.Units)).Order());
        }
    }

    [Fact]
    public async Task The_outbox_is_read_between_two_positions_in_order()
    {
        string? version = null;
        foreach (var position in new[] { new Position(0, 9, 0), new(0, 10, 0), new(0, 10, 1), new(0, 11, 0), new(1, 0, 0), new(1, 7, 0) })
        {
            StoredDetection[] two = [new(position, "rule-b", "b"u8.ToArray()), new(position, "rule-a", "a"u8.ToArray())];
            version = (await Store.CommitAsync(
                _partition, new BaselineCommit(version, new Watermark(position, Some.Time, Some.Time), [], two), Cancellation)).Version;
        }

        var found = await Store.ReadDetectionsAsync(_partition, new Position(0, 10, 1), new Position(1, 0, 0), Cancellation);

        Assert.Equal(
            [
                (new Position(0, 10, 1), "rule-a"), (new(0, 10, 1), "rule-b"), (new(0, 11, 0), "rule-a"), (new(0, 11, 0), "rule-b"),
                (new(1, 0, 0), "rule-a"), (new(1, 0, 0), "rule-b"),
            ],
            found.Select(d => (d.Position, d.RuleId)));
    }

    [Fact]
    public async Task A_parent_with_more_rows_than_one_page_is_read_whole()
    {
        string? version = null;
        for (var chunk = 0; chunk < 11; chunk++)
        {
            var rows = Enumerable.Range(0, 95)
                .Select(i => ("cmd.exe", new CountRow($"n{chunk}-{i}.exe", LaunchCount.One, 1, Some.Time, Some.Time)))
                .ToList();
            version = (await Store.CommitAsync(_partition, new BaselineCommit(version, At(chunk), rows, []), Cancellation)).Version;
        }

        Assert.Equal(11 * 95, (await Store.ReadLaunchesAsync(_partition, "cmd.exe", Cancellation)).Count);
    }

    [Fact]
    public async Task A_full_transaction_of_the_largest_rows_goes_through()
    {
        var body = new byte[StoredDetection.MaxBytes];
        var detections = Enumerable.Range(0, 22).Select(i => new StoredDetection(new Position(0, 1, i), "rule", body)).ToList();
        var signals = Enumerable.Range(0, 22).Select(i => new StoredSignals(new Position(0, 1, i), Some.Time, body)).ToList();
        var launches = Enumerable.Range(0, 55)
            .Select(i => (new string('é', 258) + i, new CountRow(new string('é', 260), LaunchCount.One, 1, Some.Time, Some.Time)))
            .ToList();

        var result = await Store.CommitAsync(
            _partition, new BaselineCommit(null, At(1), launches, detections) { Signals = signals }, Cancellation);

        Assert.Equal((CommitOutcome.Committed, (string?)null), (result.Outcome, result.Detail));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_and_leaves_nothing()
    {
        var tooLarge = new StoredDetection(new Position(0, 1, 0), "rule", new byte[70 * 1024]);

        var result = await Store.CommitAsync(_partition, new BaselineCommit(null, At(1), [], [tooLarge]), Cancellation);

        Assert.Equal(CommitOutcome.Refused, result.Outcome);
        Assert.Null(await Store.ReadWatermarkAsync(_partition, Cancellation));
    }

    [Theory]
    [InlineData(1, 70 * 1024)]
    [InlineData(2, 100)]
    public async Task Signals_that_are_too_large_or_stand_twice_are_refused_and_leave_nothing(int rows, int size)
    {
        var signals = Enumerable.Repeat(new StoredSignals(new Position(0, 1, 0), Some.Time, new byte[size]), rows).ToList();

        var result = await Store.CommitAsync(_partition, new BaselineCommit(null, At(1), [], []) { Signals = signals }, Cancellation);

        Assert.Equal(CommitOutcome.Refused, result.Outcome);
        Assert.Null(await Store.ReadWatermarkAsync(_partition, Cancellation));
    }

    [Fact]
    public async Task A_row_that_stands_twice_in_a_chunk_is_refused_and_leaves_nothing()
    {
        var row = new CountRow("a.exe", LaunchCount.One, 1, Some.Time, Some.Time);

        var result =
            await Store.CommitAsync(_partition, new BaselineCommit(null, At(1), [("cmd.exe", row), ("cmd.exe", row)], []), Cancellation);

        Assert.Equal(CommitOutcome.Refused, result.Outcome);
        Assert.Null(await Store.ReadWatermarkAsync(_partition, Cancellation));
    }

    [Fact]
    public async Task A_chunk_above_4_MiB_is_refused_and_leaves_nothing()
    {
        var body = new byte[StoredDetection.MaxBytes];
        var detections = Enumerable.Range(0, 30).Select(i => new StoredDetection(new Position(0, 1, i), "rule", body)).ToList();
        var signals = Enumerable.Range(0, 30).Select(i => new StoredSignals(new Position(0, 1, i), Some.Time, body)).ToList();

        var result = await Store.CommitAsync(
            _partition, new BaselineCommit(null, At(1), [], detections) { Signals = signals }, Cancellation);

        Assert.Equal(CommitOutcome.Refused, result.Outcome);
        Assert.Null(await Store.ReadWatermarkAsync(_partition, Cancellation));
    }

    private static Watermark At(long sequenceNumber) => new(new Position(0, sequenceNumber, 0), Some.Time, Some.Time);

    private Task<CommitResult> CommitAsync(string? expected, long sequenceNumber, params string[] children) => Store.CommitAsync(
        _partition,
        new BaselineCommit(
            expected, At(sequenceNumber), [.. children.Select(c => ("cmd.exe", new CountRow(c, LaunchCount.One, 1, Some.Time, Some.Time)))],
            []),
        Cancellation);
}
