using System.Globalization;
using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Pipeline;
using Changeling.Storage;
using Changeling.Storing;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>A batch costs what it holds, whatever the table holds.</summary>
public class TableSizeTests(AzuriteFixture azurite)
{
    private const int RowsOfAParent = 100;

    [Fact(Timeout = 180_000)]
    public async Task A_batch_asks_for_as_much_at_ten_thousand_rows_as_at_a_thousand() =>
        Assert.Equal(
            await CostAsync(1_000, TestContext.Current.CancellationToken), await CostAsync(10_000, TestContext.Current.CancellationToken));

    /// <summary>The figure that <c>infra/prices.json</c> calculates with.</summary>
    [Fact(Timeout = 60_000)]
    public async Task A_later_batch_of_one_known_launch_asks_once()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var baseline = new BaselinePartition(AzuriteFixture.UniqueName("warm"), new EventPartition("telemetry", "0"));
        await Clients(azurite.ConnectionString).CreateOnEmulatorAsync(cancellationToken);
        await using var proxy = await FaultProxy.StartAsync(azurite.ConnectionString, (_, _) => TableFault.None);
        var pipeline = new BatchPipeline(
            LineageTable.Open(Clients(proxy.ConnectionString)),
            new DeadLetterBlobs(Clients(azurite.ConnectionString).Blobs()),
            new PipelineSettings { BaselineName = baseline.Baseline });
        var snapshot = new PipelineSnapshot(new WordModel(), Priors.Small, RuleSets.ByParent);
        var asked = new List<int>();

        for (var sequence = 1; sequence <= 4; sequence++)
        {
            var before = proxy.Requests;
            var record = Record(Parent(0), Child(0), guid: $"{{{sequence}}}");
            await pipeline.ProcessAsync(
                new EventBatch(baseline.Source, [Message(sequence, Many([record]), Some.Time)]), snapshot, cancellationToken);
            asked.Add(proxy.Requests - before);
        }

        Assert.Equal([1, 1], asked[2..]);
    }

    /// <summary>
    /// Manual run: CHANGELING_TABLE_ROWS=1000000, see docs/testing.md. The emulator's time grows with the rows, so the figures are requests
    /// and bytes.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task A_batch_asks_for_as_much_at_a_million_rows_as_at_a_thousand()
    {
        var rows = int.Parse(Environment.GetEnvironmentVariable("CHANGELING_TABLE_ROWS") ?? "1000000", CultureInfo.InvariantCulture);
        var (few, many) =
            (await CostAsync(1_000, TestContext.Current.CancellationToken), await CostAsync(rows, TestContext.Current.CancellationToken));

        TestContext.Current.TestOutputHelper!.WriteLine($"at 1,000 rows {few}, at {rows:N0} rows {many}");
        Assert.Equal(few, many);
    }

    /// <summary>
    /// What a process that has just started asks the table for, to decide a batch of ten parents with a hundred children each.
    /// </summary>
    private async Task<Cost> CostAsync(int rows, CancellationToken cancellationToken)
    {
        var baseline = new BaselinePartition(AzuriteFixture.UniqueName("rows"), new EventPartition("telemetry", "0"));
        await FillAsync(baseline, rows, cancellationToken);
        await using var proxy = await FaultProxy.StartAsync(azurite.ConnectionString, (_, _) => TableFault.None);
        var pipeline = new BatchPipeline(
            LineageTable.Open(Clients(proxy.ConnectionString)),
            new DeadLetterBlobs(Clients(azurite.ConnectionString).Blobs()),
            new PipelineSettings { BaselineName = baseline.Baseline });
        var records = Enumerable.Range(0, 100).Select(i => Record(Parent(i % 10), Child(i), guid: $"{{{i}}}")).ToArray();

        var outcome = await pipeline.ProcessAsync(
            new EventBatch(baseline.Source, [Message(1, Many(records), Some.Time)]),
            new PipelineSnapshot(new WordModel(), Priors.Small, RuleSets.ByParent),
            cancellationToken);

        Assert.Equal(100, outcome.Scored);
        return new Cost(proxy.Requests, proxy.Transactions, proxy.RowsRead);
    }

    private async Task FillAsync(BaselinePartition baseline, int rows, CancellationToken cancellationToken)
    {
        await Clients(azurite.ConnectionString).CreateOnEmulatorAsync(cancellationToken);
        var store = LineageTable.Open(Clients(azurite.ConnectionString));
        string? version = null;
        foreach (var (number, some) in Enumerable.Range(0, rows).Chunk(BaselineCommit.MaxRows).Index())
        {
            var launches = some.Select(
                i =>
                    (Parent(i / RowsOfAParent), new CountRow(Child(i % RowsOfAParent), LaunchCount.One, 1, Some.Time, Some.Time))).ToList();
            var result = await store.CommitAsync(
                baseline,
                new BaselineCommit(version, new Watermark(new Position(0, 0, number), Some.Time, Some.Time), launches, []),
                cancellationToken);
            Assert.Equal(CommitOutcome.Committed, result.Outcome);
            version = result.Version;
        }
    }

    private static StorageClients Clients(string connection) => new(new StorageOptions { ConnectionString = connection });

    private static string Parent(int i) => $"parent{i.ToString(CultureInfo.InvariantCulture)}.exe";

    private static string Child(int i) => $"child{i.ToString(CultureInfo.InvariantCulture)}.exe";

    /// <summary>What went over the wire.</summary>
    private sealed record Cost(int Requests, int Transactions, int RowsRead);
}
