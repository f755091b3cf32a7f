using System.Text;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Operations;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Storage.Tests;

/// <summary>What operators' commands may count on; run on the in-memory store and on Azurite over its wire protocol.</summary>
public abstract class BaselineRowsContract
{
    private static readonly string[] Names = ["cmd.exe", "a/b#c.exe", "a", "a.exe", new string('é', 260), "*"];
    private readonly BaselinePartition _partition = new(AzuriteFixture.UniqueName("rows-"), new EventPartition("Tele-metry", "3"));

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IBaselineStore Store { get; }

    protected abstract IBaselineRows Rows { get; }

    [Fact]
    public async Task Partitions_are_found_by_their_baseline_alone()
    {
        var other = _partition with { Source = new EventPartition("other hub/2", "10") };
        foreach (var partition in new[] { _partition, other, _partition with { Baseline = _partition.Baseline + "x" } })
            await FillAsync(partition, "cmd.exe");

        Assert.Equal(
            new[] { _partition, other }.OrderBy(p => p.ToString()),
            (await Rows.FindPartitionsAsync(_partition.Baseline, Cancellation)).OrderBy(p => p.ToString()));
        Assert.Empty(await Rows.FindPartitionsAsync(_partition.Baseline[..^1], Cancellation));
    }

    [Fact]
    public async Task All_launch_rows_come_page_after_page_with_the_names_as_they_were()
    {
        await FillAsync(_partition, Names);

        var entries = await Rows.LaunchesAsync(_partition, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(Names.SelectMany(p => Names.Select(c => (p, c))).Order(), entries.Select(e => (e.Parent, e.Row.Name!)).Order());
        Assert.Equal(Names.Length, entries.Zip(entries.Skip(1)).Count(pair => pair.First.Group != pair.Second.Group) + 1);
        Assert.Equal(entries.Select(e => e.Key).Order(StringComparer.Ordinal), entries.Select(e => e.Key));
    }

    [Fact]
    public async Task Several_partitions_hand_out_a_parent_once_with_the_rows_of_all()
    {
        var other = _partition with { Source = new EventPartition("telemetry", "4") };
        await FillAsync(_partition, "cmd.exe", "a", "a.exe");
        await FillAsync(other, "a", "z.exe");

        var parents = await Rows.ParentsAsync([_partition, other], Cancellation).ToListAsync(Cancellation);

        Assert.Equal(["a", "a.exe", "cmd.exe", "z.exe"], parents.Select(p => p.Parent).Order(StringComparer.Ordinal));
        Assert.Equal(5, parents.Single(p => p.Parent == "a").Rows.Count);
    }

    [Fact]
    public async Task Detections_come_newest_first_with_their_bodies()
    {
        string? version = null;
        foreach (var number in new[] { 9L, 10, 11 })
        {
            var detection = new StoredDetection(
                new Position(0, number, 0), "rule", new byte[] { (byte)number })
            { EnqueuedTime = Some.Time };
            version = (await Store.CommitAsync(_partition, new BaselineCommit(version, At(number), [], [detection]), Cancellation)).Version;
        }

        var found = await Rows.DetectionsAsync(_partition, Cancellation).ToListAsync(Cancellation);

        Assert.Equal([11, 10, 9], found.Select(f => f.Detection.Body.Span[0]));
        Assert.Equal([11, 10, 9], found.Select(f => f.Detection.Position.SequenceNumber));
        Assert.All(found, f => Assert.Equal(Some.Time, f.Detection.EnqueuedTime));
    }

    [Fact]
    public async Task What_exceptions_did_is_listed_and_goes_with_a_reset()
    {
        ExceptionCount[] counts = [new("exc-1", 7, Some.Time, 0, null), new("exc-2", 0, null, 9, Some.Time)];
        var version = await FillAsync(_partition, "cmd.exe");
        await Store.CommitAsync(_partition, new BaselineCommit(version, At(1), [], []) { Exceptions = counts }, Cancellation);

        Assert.Equal(counts, await Rows.ExceptionsAsync(_partition, Cancellation).ToListAsync(Cancellation));

        await new BaselineReset(Rows).RunAsync(_partition, entirely: false, null, Cancellation);
        Assert.Empty(await Rows.ExceptionsAsync(_partition, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Signals_come_in_order_of_position_and_go_with_a_reset()
    {
        var version = await FillAsync(_partition, "cmd.exe");
        var signals = Enumerable.Range(0, 3).Select(i => Signals(300 * i, $"{i}")).ToList();
        await Store.CommitAsync(_partition, new BaselineCommit(version, At(600), [], []) { Signals = signals }, Cancellation);

        var entries = await Rows.SignalsAsync(_partition, Cancellation).ToListAsync(Cancellation);
        await new BaselineReset(Rows).RunAsync(_partition, entirely: false, null, Cancellation);

        Assert.Equal(signals.Select(s => (s.First, s.EnqueuedTime)), entries.Select(e => (e.Signals.First, e.Signals.EnqueuedTime)));
        Assert.Equal(["0", "1", "2"], entries.Select(e => Encoding.UTF8.GetString(e.Signals.Body.Span)));
        Assert.Empty(await Rows.SignalsAsync(_partition, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task To_forget_a_host_takes_the_signals_that_were_gathered_and_keeps_and_counts_the_others()
    {
        const string named = """{"host":"web-0201.corp"}""", other = """{"host":"web-02011"}""";
        var signals = new[] { named, other, named }.Select((body, i) => Signals(i, body)).ToList();
        await Store.CommitAsync(_partition, new BaselineCommit(null, At(3), [], []) { Signals = signals }, Cancellation);
        var gathered = new SignalsRead(new Position(0, 1, 0), 1, Some.Time);

        var before = await ForgetAsync("web-0201", OccurrenceKind.Host, isDryRun: false, gathered with { Since = Some.Time.AddDays(-1) });
        var nothing = await ForgetAsync("web-0201", OccurrenceKind.Host, isDryRun: false);
        var some = await ForgetAsync("web-0201", OccurrenceKind.Host, isDryRun: false, gathered);
        var left = await Rows.SignalsAsync(_partition, Cancellation).Select(e => e.Signals.First.SequenceNumber).ToListAsync(Cancellation);
        var now = await ForgetAsync("web-0201", OccurrenceKind.Host, isDryRun: false, isNow: true);

        Assert.Equal(
            [new Forgotten(0, 0, 2), new Forgotten(0, 0, 2), new Forgotten(1, 0, 1), new Forgotten(1, 0, 0)], [before, nothing, some, now]);
        Assert.Equal([1, 2], left);
    }

    [Fact]
    public async Task An_edit_changes_all_its_rows_under_the_watermark_or_none()
    {
        var version = await FillAsync(_partition, "cmd.exe", "a");
        var keys = (await Rows.ReadKeyPageAsync(_partition, null, Cancellation)).Rows.Select(k => k.Key).ToList();
        var note = new ImportNote("acct:default:hub/1", "00ff", 7, IsDone: false);
        var row = new CountRow("new.exe", new LaunchCount(12_345), 20_000, Some.Time, Some.Time);
        var edit = new BaselineEdit(version, At(1)) { Launches = [("b.exe", row)], Deletes = keys[..2], Import = note };

        var old = edit with { ExpectedVersion = "W/\"datetime'2026-01-01T00%3A00%3A00.0000000Z'\"" };
        var stale = await Rows.EditAsync(_partition, old, Cancellation);
        var gone = await Rows.EditAsync(_partition, edit with { Deletes = [keys[0], keys[0] + "x"] }, Cancellation);
        Assert.Equal(4, (await Rows.ReadKeyPageAsync(_partition, null, Cancellation)).Rows.Count);
        Assert.Null(await Rows.ReadImportAsync(_partition, note.Source, Cancellation));
        var good = await Rows.EditAsync(_partition, edit, Cancellation);

        Assert.Equal([CommitOutcome.Unknown, CommitOutcome.Unknown, CommitOutcome.Committed], [stale.Outcome, gone.Outcome, good.Outcome]);
        Assert.Equal(row, Assert.Single(await Store.ReadLaunchesAsync(_partition, "b.exe", Cancellation)));
        Assert.Equal(note, await Rows.ReadImportAsync(_partition, note.Source, Cancellation));
        Assert.Equal(4, (await Rows.ReadKeyPageAsync(_partition, null, Cancellation)).Rows.Count);
        Assert.Equal(good.Version, (await Store.ReadWatermarkAsync(_partition, Cancellation))!.Value.Version);
        Assert.NotEqual(version, good.Version);
    }

    [Fact]
    public async Task A_partition_that_is_being_reset_refuses_to_be_read_or_counted_in_until_the_reset_ends()
    {
        var version = await FillAsync(_partition, "cmd.exe");
        await Rows.EditAsync(_partition, new BaselineEdit(version, At(0)) { IsResetting = true }, Cancellation);

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.ReadWatermarkAsync(_partition, Cancellation));
        var late = await Store.CommitAsync(_partition, new BaselineCommit(version, At(5), [], []), Cancellation);
        Assert.True((await Rows.ReadGuardAsync(_partition, Cancellation))!.IsResetting);
        var deleted = await new BaselineReset(Rows).RunAsync(_partition, entirely: false, null, Cancellation);

        Assert.Contains("is being reset", refused.Message, StringComparison.Ordinal);
        Assert.Equal(CommitOutcome.Unknown, late.Outcome);
        Assert.Equal(1, deleted);
        Assert.Equal(At(0), (await Store.ReadWatermarkAsync(_partition, Cancellation))!.Value.Watermark);
    }

    [Fact]
    public async Task A_reset_keeps_position_and_outbox_and_an_entire_one_nothing()
    {
        var detection = new StoredDetection(new Position(0, 1, 0), "rule", "{}"u8.ToArray());
        var version = await FillAsync(_partition, Names);
        await Store.CommitAsync(_partition, new BaselineCommit(version, At(1), [], [detection]), Cancellation);

        await new BaselineReset(Rows).RunAsync(_partition, entirely: false, null, Cancellation);
        var kept = (await Rows.ReadKeyPageAsync(_partition, null, Cancellation)).Rows;
        var watermark = (await Store.ReadWatermarkAsync(_partition, Cancellation))!.Value.Watermark;
        await new BaselineReset(Rows).RunAsync(_partition, entirely: true, null, Cancellation);

        Assert.True(Assert.Single(kept).IsDetection);
        Assert.Equal((new Position(0, 1, 0), Some.Time), (watermark.Position, watermark.LearningSince));
        Assert.Empty((await Rows.ReadKeyPageAsync(_partition, null, Cancellation)).Rows);
        Assert.Null(await Store.ReadWatermarkAsync(_partition, Cancellation));
        Assert.Null(await new BaselineReset(Rows).RunAsync(_partition, entirely: true, null, Cancellation));
    }

    public static TheoryData<string, string, string> HardNames() => new()
    {
        { "evil.exe", "web/0201.corp", @"corp\mara" },
        { "evil|*~.exe", "web-0201", "mara" },
        { new string('é', LineageName.MaxLength), new string('|', LineageName.MaxLength), new string('#', LineageName.MaxLength) },
    };

    [Theory]
    [MemberData(nameof(HardNames))]
    public async Task Rows_that_name_hosts_and_users_are_read_as_they_were_counted(string child, string hostName, string userName)
    {
        await NameAsync(child, hostName, userName);

        var host = Assert.Single(await Rows.OccurrencesAsync(_partition, OccurrenceKind.Host, Cancellation).ToListAsync(Cancellation));
        var user = Assert.Single(await Rows.OccurrencesAsync(_partition, OccurrenceKind.User, Cancellation).ToListAsync(Cancellation));

        Assert.Equal((child, hostName, OccurrenceKind.Host), (host.Child, host.Name, host.Kind));
        Assert.Equal((child, userName, OccurrenceKind.User), (user.Child, user.Name, user.Kind));
        Assert.Equal((LaunchCount.One, Some.Time), (user.Count, user.FirstSeen));
        Assert.Equal(hostName, Assert.Single(await Store.ReadOccurrencesAsync(_partition, OccurrenceKind.Host, child, Cancellation)).Name);
    }

    [Fact]
    public async Task To_forget_a_host_takes_its_occurrences_sums_and_caps_and_leaves_those_of_others()
    {
        await NameAsync("evil.exe", "web-0201", @"corp\mara");
        var dry = await ForgetAsync("web-0201", OccurrenceKind.Host, isDryRun: true);
        var done = await ForgetAsync("web-0201", OccurrenceKind.Host, isDryRun: false);

        Assert.Equal(new Forgotten(3, 0, 0), dry);
        Assert.Equal(new Forgotten(3, 0, 0), done);
        Assert.Equal(default, await ForgetAsync("web-0201", OccurrenceKind.Host, isDryRun: true));
        Assert.Equal(new Forgotten(2, 0, 0), await ForgetAsync("mara", OccurrenceKind.User, isDryRun: true));
    }

    private Task<Forgotten> ForgetAsync(
        string name, OccurrenceKind kind, bool isDryRun, SignalsRead? gathered = null, bool isNow = false) =>
        new Forgetting(Rows, TimeSpan.FromDays(7)).RunAsync(
            _partition, new NamedIn(name, kind == OccurrenceKind.Host), kind, gathered, isNow, isDryRun, Cancellation);

    private static StoredSignals Signals(long number, string body) =>
        new(new Position(0, number, 0), Some.Time.AddTicks(number), Encoding.UTF8.GetBytes(body));

    /// <summary>An occurrence and a sum of a host and of a user, and a cap on the host.</summary>
    private async Task NameAsync(string child, string host, string user)
    {
        var row = new CountRow("", LaunchCount.One, 1, Some.Time, Some.Time);
        var window = ClockWindow.At(Some.Time);
        var result = await Store.CommitAsync(
            _partition,
            new BaselineCommit(null, At(0), [], [])
            {
                Occurrences =
                [
                    (OccurrenceKind.Host, child, row with { Name = host }), (OccurrenceKind.User, child, row with { Name = user }),
                ],
                Sums = [new(new(window, ClusterKind.Host, host), 1, 9, [child]), new(new(window, ClusterKind.User, user), 1, 9, [child])],
                Quotas = [(new QuotaKey("rule", "cmd.exe", child, host), new Quota(7, 1, 0))],
                Signals = [Signals(0, "{}")],
            },
            Cancellation);
        Assert.Equal(CommitOutcome.Committed, result.Outcome);
    }

    private static Watermark At(long sequenceNumber) => new(new Position(0, sequenceNumber, 0), Some.Time, Some.Time);

    /// <summary>Every parent launches every name once.</summary>
    private async Task<string> FillAsync(BaselinePartition partition, params string[] names)
    {
        var rows = names.SelectMany(p => names.Select(c => (p, new CountRow(c, LaunchCount.One, 1, Some.Time, Some.Time)))).ToList();
        return (await Store.CommitAsync(partition, new BaselineCommit(null, At(0), rows, []), Cancellation)).Version!;
    }
}
