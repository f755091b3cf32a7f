using System.Text;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Storage.Tests;

/// <summary>What incidents need of their store; run on the in-memory one and on Azurite over its wire protocol.</summary>
public abstract partial class IncidentStoreContract
{
    private const string ByHost = "suspicious-cluster-by-host";
    private static readonly ClockWindow Window = ClockWindow.At(Some.Time);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected string Baseline { get; } = AzuriteFixture.UniqueName("incidents-");

    protected BaselinePartition Partition => new(Baseline, new EventPartition("Tele metry", "3"));

    protected abstract IIncidentStore Store { get; }

    protected abstract IBaselineStore Counts { get; }

    protected abstract IClusterStore Clusters { get; }

    /// <summary>The partition as the store names it.</summary>
    private async Task<string> NameAsync() => Assert.Single(await Store.PartitionsAsync(Baseline, Token)).Partition;

    [Fact]
    public async Task Signals_are_read_in_order_of_position_behind_the_last_one_that_was_read()
    {
        Position[] positions = [new(0, 9, 0), new(0, 10, 0), new(0, 10, 12), new(0, 255, 1), new(0, 4_000_000_000, 0), new(1, 3, 0)];
        string? version = null;
        foreach (var position in positions)
        {
            var signals = new StoredSignals(position, Some.Time.AddTicks(position.SequenceNumber), Bytes(position.ToString()));
            version = await CommitAsync(version, position, signals);
        }

        var name = await NameAsync();
        var all = await Store.SignalsAsync(name, null, 1_000, Token);
        var first = await Store.SignalsAsync(name, null, 2, Token);
        var next = await Store.SignalsAsync(name, first[^1].First, 3, Token);
        var between = await Store.SignalsAsync(name, new Position(0, 10, 5), 1, Token);
        var none = await Store.SignalsAsync(name, positions[^1], 1_000, Token);

        Assert.Equal(positions, all.Select(s => s.First));
        Assert.Equal(positions.Select(p => p.ToString()), all.Select(s => Text(s.Body)));
        Assert.Equal(positions.Select(p => Some.Time.AddTicks(p.SequenceNumber)), all.Select(s => s.EnqueuedTime));
        Assert.Equal(positions[..2], first.Select(s => s.First));
        Assert.Equal(positions[2..5], next.Select(s => s.First));
        Assert.Equal(positions[2], Assert.Single(between).First);
        Assert.Empty(none);
    }

    [Fact]
    public async Task Signals_of_a_chunk_that_lost_the_race_are_not_there()
    {
        var first = await CommitAsync(null, new Position(0, 1, 0), Signals(1));
        await CommitAsync(first, new Position(0, 2, 0), Signals(2));

        var lost = await Counts.CommitAsync(
            Partition, new BaselineCommit(first, At(new(0, 3, 0)), [], []) { Signals = [Signals(3)] }, Token);

        Assert.Equal(CommitOutcome.Unknown, lost.Outcome);
        Assert.Equal([1L, 2], (await Store.SignalsAsync(await NameAsync(), null, 10, Token)).Select(s => s.First.SequenceNumber));
    }

    [Fact]
    public async Task Partitions_come_with_their_watermarks_and_the_rows_of_timers_are_none()
    {
        await CommitAsync(null, new Position(0, 1, 0));
        await Clusters.CommitAsync(Baseline, new ClusterStep(null, new ClusterState(Window, null, Window), [], []), Token);
        await Store.CommitAsync(Baseline, Step(null), Token);

        var (_, watermark) = Assert.Single(await Store.PartitionsAsync(Baseline, Token));

        Assert.Equal(At(new(0, 1, 0)), watermark);
    }

    [Fact]
    public async Task Nothing_committed_is_no_state_and_no_row() => Assert.Equal(
        (true, 0, 0),
        (await Store.ReadStateAsync(Baseline, Token) is null, (await Store.ReadRowsAsync(Baseline, Token)).Count,
            (await Store.UnsentAsync(Baseline, 10, Token)).Count));

    [Fact]
    public async Task A_state_comes_back_as_it_was_committed()
    {
        var since = Some.Time.AddDays(-3).AddTicks(7);
        var partitions = Enumerable.Range(0, 1_024).ToDictionary(
            i => $"{Baseline}:telemetry-of-all-endpoints:{i}",
            i => new SignalsRead(i % 2 == 0 ? new Position(i, long.MaxValue - i, i) : null, i % 3, since.AddTicks(i)),
            StringComparer.Ordinal);
        var state = new IncidentState(partitions, Window, Some.Time.AddTicks(3), 12_345_678_901);

        var version = await Store.CommitAsync(Baseline, Step(null) with { Next = state }, Token);
        var read = (await Store.ReadStateAsync(Baseline, Token))!.Value;
        await Store.CommitAsync(Baseline, Step(version) with { Next = State(7) }, Token);
        var smaller = (await Store.ReadStateAsync(Baseline, Token))!.Value.State;

        Assert.Equal((version, state.Clusters, state.Clock, state.Messages),
            (read.Version, read.State.Clusters, read.State.Clock, read.State.Messages));
        Assert.Equal(partitions, read.State.Partitions);
        Assert.Equal((0, null, 7), (smaller.Partitions.Count, smaller.Clusters, smaller.Messages));
    }

    [Fact]
    public async Task Rows_come_back_whatever_their_size_and_an_empty_body_deletes_one()
    {
        var random = new Random(7);
        IncidentRow[] rows =
        [
            .. new[] { 1, 60 * 1024, (60 * 1024) + 1, 3 * 60 * 1024, IncidentRow.MaxBytes }.Select(
                size => new IncidentRow(IncidentRowKind.Incident, $"size-{size}", Random(random, size))),
            new(IncidentRowKind.Habits, "size-1", Random(random, 100)),
        ];

        var version = await Store.CommitAsync(Baseline, Step(null) with { Rows = rows }, Token);
        var read = await Store.ReadRowsAsync(Baseline, Token);
        var shorter = rows[4] with { Body = Bytes("short") };
        await Store.CommitAsync(Baseline, Step(version) with { Rows = [rows[0] with { Body = default }, shorter] }, Token);
        var then = await Store.ReadRowsAsync(Baseline, Token);

        Assert.Equal(Named(rows), Named(read));
        Assert.Equal(Named([.. rows[1..4], shorter, rows[5]]), Named(then));
    }

    [Fact]
    public async Task To_delete_a_row_that_is_gone_is_no_reason_to_fail()
    {
        IncidentRow here = new(IncidentRowKind.Incident, "here", Bytes("a"));
        IncidentRow gone = new(IncidentRowKind.Incident, "gone", default);
        var version = await Store.CommitAsync(Baseline, Step(null) with { Rows = [here] }, Token);

        var step = Step(version, Message(0)) with { Rows = [gone, here with { Body = default }] };
        var done = await Store.CommitAsync(Baseline, step, Token);

        Assert.NotNull(done);
        Assert.Equal(done, (await Store.ReadStateAsync(Baseline, Token))!.Value.Version);
        Assert.Empty(await Store.ReadRowsAsync(Baseline, Token));
        Assert.Single(await Store.UnsentAsync(Baseline, 10, Token));
    }

    [Fact]
    public async Task A_step_that_lost_the_race_changes_nothing()
    {
        IncidentRow row = new(IncidentRowKind.Incident, "a", Bytes("first"));
        var first = await Store.CommitAsync(Baseline, Step(null) with { Rows = [row] }, Token);
        var second = await Store.CommitAsync(Baseline, Step(first) with { Next = State(1) }, Token);

        var late = await Store.CommitAsync(
            Baseline, Step(first, Message(0)) with { Rows = [row with { Body = Bytes("late") }], Next = State(9) }, Token);
        var firstAgain = await Store.CommitAsync(Baseline, Step(null, Message(0)), Token);
        var lateDelete = await Store.CommitAsync(Baseline, Step(first) with { Rows = [row with { Body = default }] }, Token);

        Assert.Equal((null, null, null), (late, firstAgain, lateDelete));
        Assert.Equal(second, (await Store.ReadStateAsync(Baseline, Token))!.Value.Version);
        Assert.Equal(1, (await Store.ReadStateAsync(Baseline, Token))!.Value.State.Messages);
        Assert.Equal("first", Text(Assert.Single(await Store.ReadRowsAsync(Baseline, Token)).Body));
        Assert.Empty(await Store.UnsentAsync(Baseline, 10, Token));
    }

    [Fact]
    public async Task Of_steps_at_once_one_wins()
    {
        var version = await Store.CommitAsync(Baseline, Step(null), Token);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(i => Store.CommitAsync(Baseline, Step(version, Message(i)), Token)));

        Assert.Single(answers, a => a is not null);
        Assert.Equal(Array.FindIndex(answers, a => a is not null), Assert.Single(await Store.UnsentAsync(Baseline, 10, Token)).Number);
    }

    [Fact]
    public async Task A_full_step_of_large_rows_goes_through()
    {
        var rows = Enumerable.Range(0, 8)
            .Select(i => new IncidentRow(IncidentRowKind.Incident, $"r-{i}", new byte[IncidentRow.MaxBytes]))
            .ToList();
        var left = IncidentStep.MaxBytes - (rows.Count * IncidentRow.MaxBytes);
        var messages = Enumerable.Range(0, BaselineCommit.MaxRows - rows.Count)
            .Select(i => new IncidentMessage(i, Some.Time, new byte[left / (BaselineCommit.MaxRows - rows.Count)]))
            .ToArray();

        Assert.NotNull(await Store.CommitAsync(Baseline, Step(null, messages) with { Rows = rows }, Token));
    }

    public static TheoryData<string> Faults() => ["rows", "row twice", "message twice", "message too large"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_step_that_no_transaction_takes_is_an_error_and_leaves_nothing(string fault)
    {
        IncidentRow row = new(IncidentRowKind.Incident, "a", Bytes("a"));
        var step = fault switch
        {
            "rows" => Step(null, [.. Enumerable.Range(0, 100).Select(i => Message(i))]),
            "row twice" => Step(null) with { Rows = [row, row] },
            "message twice" => Step(null, Message(1), Message(1)),
            _ => Step(null, Message(1) with { Body = new byte[70 * 1024] }),
        };

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.CommitAsync(Baseline, step, Token));

        Assert.Null(await Store.ReadStateAsync(Baseline, Token));
        Assert.Empty(await Store.UnsentAsync(Baseline, 10, Token));
    }

    [Fact]
    public async Task Clusters_are_read_window_after_window_once_a_window_is_evaluated_whether_they_were_sent_or_not()
    {
        Assert.Equal((null, 0), await ReadClustersAsync(null));
        ClusterDetection[] first = [Cluster(0, "ws-2"), Cluster(0, "ws-1"), Cluster(1, "ws-1"), Cluster(2, "ws-1", isSuppressed: true)];
        var version = await Clusters.CommitAsync(Baseline, new ClusterStep(null, new(Later(2), null, Window), [], first), Token);
        await Clusters.MarkEmittedAsync(Baseline, [first[0]], Token);
        var halfDone = new ClusterState(Later(3), "1|ws-1", Window);
        await Clusters.CommitAsync(Baseline, new ClusterStep(version, halfDone, [], [Cluster(3, "ws-1")]), Token);

        var (evaluated, all) = await Store.ClustersAsync(Baseline, null, Token);
        var (_, later) = await Store.ClustersAsync(Baseline, Window, Token);

        Assert.Equal(Later(2), evaluated);
        Assert.Equal([(0, "ws-1"), (0, "ws-2"), (1, "ws-1")], all.Select(c => (c.Window.Number - Window.Number, c.Entity)));
        Assert.Equal([(1, "ws-1")], later.Select(c => (c.Window.Number - Window.Number, c.Entity)));
        Assert.Equal((ByHost, "cluster"), (later[0].RuleId, Text(later[0].Body)));
        Assert.Equal((Later(2), 0), await ReadClustersAsync(Later(2)));
    }

    protected static IncidentStep Step(string? expected, params IncidentMessage[] messages) => new(expected, State(0), [], messages);

    protected static IncidentMessage Message(long number) => new(number, Some.Time.AddTicks(number), Bytes($"message {number}"));

    protected static IncidentState State(long messages) =>
        new(new Dictionary<string, SignalsRead>(StringComparer.Ordinal), null, Some.Time, messages);

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static StoredSignals Signals(long number, string body = "{}") =>
        new(new Position(0, number, 0), Some.Time, Bytes(body));

    private static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);

    private static byte[] Random(Random random, int size)
    {
        var bytes = new byte[size];
        random.NextBytes(bytes);
        return bytes;
    }

    private static IEnumerable<(IncidentRowKind Kind, string Name, string Body)> Named(IEnumerable<IncidentRow> rows) =>
        rows.Select(r => (r.Kind, r.Name, Convert.ToHexString(r.Body.Span))).Order();

    private static ClockWindow Later(int windows) => new(Window.Number + windows);

    private static ClusterDetection Cluster(int windows, string host, bool isSuppressed = false) =>
        new(Later(windows), ByHost, host, Bytes("cluster")) { IsSuppressed = isSuppressed };

    private static Watermark At(Position position) => new(position, Some.Time, Some.Time.AddDays(-1));

    private async Task<(ClockWindow? Evaluated, int Found)> ReadClustersAsync(ClockWindow? after)
    {
        var (evaluated, found) = await Store.ClustersAsync(Baseline, after, Token);
        return (evaluated, found.Count);
    }

    protected async Task<string?> CommitAsync(string? version, Position position, params StoredSignals[] signals)
    {
        var result = await Counts.CommitAsync(
            Partition, new BaselineCommit(version, At(position), [], []) { Signals = signals }, Token);
        Assert.Equal((CommitOutcome.Committed, null), (result.Outcome, result.Detail));
        return result.Version;
    }
}
