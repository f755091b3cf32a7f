using Azure.Data.Tables;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Operations;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Storage.Tests;

/// <summary>Sweeping over Azurite's wire protocol; what is decided is tested in memory.</summary>
public sealed class SweepTableTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly int Today = new PartitionClock(Some.Time).Day;
    private readonly string _baseline = AzuriteFixture.UniqueName("sweep");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private StorageClients Clients => new(new StorageOptions { ConnectionString = azurite.ConnectionString });

    [Fact]
    public async Task What_is_absent_or_too_old_goes_in_all_partitions_of_the_baseline_and_only_there()
    {
        var (one, other) =
            (new BaselinePartition(_baseline, new("telemetry", "0")), new BaselinePartition(_baseline, new("Telemetry-2", "1")));
        var stranger = new BaselinePartition(_baseline + "x", new("telemetry", "0"));
        foreach (var partition in new[] { one, other, stranger }) await FillAsync(partition);

        var outcome = await SweepAsync();

        Assert.Equal(new SweepOutcome(2, 8, 4, true), outcome);
        foreach (var partition in new[] { one, other })
        {
            Assert.Equal(["young.exe"], await ChildrenAsync(partition));
            Assert.Equal(8, Assert.Single(await DetectionsAsync(partition)).Position.SequenceNumber);
        }

        Assert.Equal(2, (await ChildrenAsync(stranger)).Count());
    }

    [Fact]
    public async Task A_row_that_has_changed_since_stays_and_does_not_hold_up_the_others()
    {
        var partition = new BaselinePartition(_baseline, new("telemetry", "0"));
        var version = await FillAsync(partition);
        var sweep = SweepTable.Open(Clients);
        var key = (await sweep.PartitionsAsync(_baseline, Cancellation)).Single();
        var page = await sweep.ReadPageAsync(key, null, Cancellation);
        await LineageTable.Open(Clients).CommitAsync(
            partition, new BaselineCommit(version, At(11), [("cmd.exe", Row("old.exe", Today))], []), Cancellation);

        var (deleted, _) = await sweep.DeleteAsync(key, page.Rows, Cancellation);
        var (again, _) = await sweep.DeleteAsync(key, page.Rows, Cancellation);

        Assert.Equal((3, 0), (deleted, again));
        Assert.Equal(["old.exe"], await ChildrenAsync(partition));
    }

    [Fact]
    public async Task A_note_is_kept_and_a_table_of_a_newer_program_is_left_alone()
    {
        var partition = new BaselinePartition(_baseline, new("telemetry", "0"));
        await FillAsync(partition);
        var sweep = SweepTable.Open(Clients);
        var key = (await sweep.PartitionsAsync(_baseline, Cancellation)).Single();

        await sweep.SaveProgressAsync(key, new SweepProgress(7, "parent|cmd.exe|a"), Cancellation);
        Assert.Equal(new SweepProgress(7, "parent|cmd.exe|a"), (await sweep.ReadStateAsync(key, Cancellation))!.Progress);

        var newer = new TableEntity(key, TableKeys.Watermark) { ["SchemaVersion"] = Watermark.SchemaVersion + 1 };
        await Clients.Tables().GetTableClient(LineageTable.TableName).UpsertEntityAsync(newer, TableUpdateMode.Merge, Cancellation);
        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(SweepAsync);
        Assert.Contains("deploy the newer program", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await ChildrenAsync(partition)).Count());
    }

    public async ValueTask InitializeAsync() => await Clients.CreateOnEmulatorAsync(Cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Watermark At(long number) => new(new Position(0, number, 0), Some.Time, Some.Time);

    private static CountRow Row(string child, int day) => new(child, LaunchCount.One, day, Some.Time, Some.Time);

    private async Task<string?> FillAsync(BaselinePartition partition)
    {
        StoredDetection Detected(long number, double age) =>
            new(new Position(0, number, 0), "rule", new byte[1000]) { EnqueuedTime = Some.Time.AddDays(-age) };
        var commit = new BaselineCommit(
            null, At(10), [("cmd.exe", Row("old.exe", Today - 200)), ("cmd.exe", Row("young.exe", Today - 1))],
            [Detected(7, 91), Detected(8, 1)]);
        return (await LineageTable.Open(Clients).CommitAsync(partition, commit, Cancellation)).Version;
    }

    private Task<SweepOutcome> SweepAsync() =>
        new BaselineSweep(SweepTable.Open(Clients), new SweepPolicy(new HalfLife(30), TimeSpan.FromDays(90), TimeSpan.FromDays(7)))
            .RunAsync(_baseline, 1000, Cancellation);

    private async Task<IEnumerable<string?>> ChildrenAsync(BaselinePartition partition) =>
        (await LineageTable.Open(Clients).ReadLaunchesAsync(partition, "cmd.exe", Cancellation)).Select(r => r.Name);

    private Task<IReadOnlyList<StoredDetection>> DetectionsAsync(BaselinePartition partition) =>
        LineageTable.Open(Clients).ReadDetectionsAsync(partition, default, new Position(9, 0, 0), Cancellation);
}
