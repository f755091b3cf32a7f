using System.Diagnostics;
using Changeling.Events;
using Changeling.Storage;
using Changeling.TestSupport;

namespace Changeling.Hosting.Tests.Blobs;

/// <summary>What the fleet view asks of Blob storage: requests, bytes, seconds.</summary>
public sealed class FleetCostTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int RoundsAnHour = 12;
    private readonly string _baseline = AzuriteFixture.UniqueName("cost");
    private readonly List<FleetInstance> _instances = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Clients().CreateOnEmulatorAsync(Token);

    public ValueTask DisposeAsync()
    {
        foreach (var instance in _instances) instance.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_round_is_one_list_and_one_request_for_each_snapshot_that_is_new()
    {
        await FillAsync(partitions: 4, lineages: 500);
        Start(4);

        Assert.Equal((1, 4, 0, 0), await RoundAsync(_instances[0], works: false));
        Assert.Equal((1, 0, 0, 0), await RoundAsync(_instances[0], works: false));
        Assert.Equal(4, _instances[0].Host.View.Partitions.Count);

        foreach (var instance in _instances) await RoundAsync(instance, works: true);
        foreach (var instance in _instances) Assert.Equal((1, 3, 1, 0), await RoundAsync(instance, works: true));
        foreach (var instance in _instances) await RoundAsync(instance, works: false);
        foreach (var instance in _instances) Assert.Equal((1, 0, 0, 0), await RoundAsync(instance, works: false));
    }

    [Fact]
    public async Task What_a_process_has_just_written_is_in_its_view_without_being_fetched()
    {
        Start(1);
        var own = FleetSnapshots.Partition(0);

        Assert.Equal((1, 0, 1, 0), await RoundAsync(_instances[0], works: true));
        var first = _instances[0].Host.View.SnapshotOf(own)!;
        Assert.Equal((1, 0, 1, 0), await RoundAsync(_instances[0], works: true));

        Assert.True(_instances[0].Host.View.SnapshotOf(own)!.Position > first.Position);
        Assert.Equal(2, _instances[0].Host.View.Without(new EventPartition("telemetry", "other")).Of("services.exe").Launches, 1e-6);
    }

    [Fact]
    public async Task A_partition_that_comes_is_in_the_next_view_and_one_that_goes_is_not()
    {
        await FillAsync(partitions: 2, lineages: 100);
        Start(1);
        await RoundAsync(_instances[0], works: false);
        var two = _instances[0].Host.View;

        await _instances[0].Blobs.WriteAsync(FleetSnapshots.Of(2, 100), Token);
        await RoundAsync(_instances[0], works: false);
        var three = _instances[0].Host.View;

        await _instances[0].Blobs.DeleteAsync(FleetSnapshots.Partition(0), Token);
        await RoundAsync(_instances[0], works: false);
        var rest = _instances[0].Host.View;

        Assert.Equal((2, 3), (two.Partitions.Count, three.Partitions.Count));
        Assert.Equal(["1", "2"], rest.Partitions.Select(p => p.Id).Order());
        Assert.Equal((150, 200, 150), (two.Lineages, three.Lineages, rest.Lineages));
    }

    /// <summary>
    /// Manual run, see docs/testing.md: what an Event Hubs Standard namespace's 32 partitions on 32 instances cost, all in this process.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task The_cost_of_32_partitions_with_20_000_lineages_on_32_instances()
    {
        const int Partitions = 32;
        await FillAsync(Partitions, lineages: 20_000);
        Start(Partitions);

        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        await _instances[0].Host.RefreshAsync(Token);
        var (alone, first) = (watch.Elapsed, _instances[0].Count);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        memory = GC.GetTotalMemory(forceFullCollection: true) - memory;
        Say($"cold start of one alone: {alone.TotalSeconds:0.00} s; {first}; {first.BytesRead / Partitions:N0} bytes a blob; view {memory / 1e6:N0} MB, allocated {allocated / 1e6:N0} MB, {_instances[0].Host.View.Lineages:N0} lineages");

        watch.Restart();
        await Task.WhenAll(_instances.Skip(1).Select(i => Task.Run(() => i.Host.RefreshAsync(Token), Token)));
        Say($"cold start of {Partitions - 1} at once in one process: {watch.Elapsed.TotalSeconds:0.00} s; resident {Environment.WorkingSet / 1e6:N0} MB");

        await Task.WhenAll(_instances.Select(i => i.WorkAsync(Token)));
        foreach (var instance in _instances) await instance.Host.RefreshAsync(Token);
        for (var round = 0; round < 3; round++)
        {
            var before = Total();
            watch.Restart();
            foreach (var instance in _instances)
            {
                await instance.WorkAsync(Token);
                await instance.Host.RefreshAsync(Token);
            }

            var cost = Total() - before;
            Say($"round {round}, every owner writes: {cost}; {watch.Elapsed.TotalSeconds / Partitions:0.00} s an instance; an hour: {cost.Requests * RoundsAnHour:N0} requests, {cost.BytesRead * RoundsAnHour / 1e9:0.00} GB read");
            Assert.Equal((Partitions, Partitions * (Partitions - 1), Partitions, 0), (cost.Lists, cost.Gets, cost.Puts, cost.Others));
        }

        foreach (var instance in _instances) await instance.Host.RefreshAsync(Token);
        var quiet = Total();
        foreach (var instance in _instances) await instance.Host.RefreshAsync(Token);
        quiet = Total() - quiet;
        Say($"nothing changes: {quiet}; an hour: {quiet.Requests * RoundsAnHour:N0} requests");
        Assert.Equal((Partitions, 0, 0, 0), (quiet.Lists, quiet.Gets, quiet.Puts, quiet.Others));
    }

    /// <summary>
    /// Manual run: seconds of wall clock, and of all cores, until an instance that starts has the view; one after the other.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task The_seconds_until_one_of_seven_instances_has_the_view_of_32_partitions_with_20_000_lineages()
    {
        await FillAsync(partitions: 32, lineages: 20_000);
        Start(7);

        foreach (var instance in _instances)
        {
            var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            await instance.Host.RefreshAsync(Token);
            Say($"{watch.Elapsed.TotalSeconds:0.00} s, {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0.00} s of processor time");
            Assert.Equal(330_000, instance.Host.View.Lineages);
        }
    }

    private static void Say(string text) => TestContext.Current.TestOutputHelper!.WriteLine(text);

    private static async Task<(int Lists, int Gets, int Puts, int Others)> RoundAsync(FleetInstance instance, bool works)
    {
        var before = instance.Count;
        if (works) await instance.WorkAsync(Token);
        await instance.Host.RefreshAsync(Token);
        var cost = instance.Count - before;
        return (cost.Lists, cost.Gets, cost.Puts, cost.Others);
    }

    private async Task FillAsync(int partitions, int lineages)
    {
        var blobs = new FleetBlobs(Clients().Blobs(), _baseline);
        for (var i = 0; i < partitions; i++) await blobs.WriteAsync(FleetSnapshots.Of(i, lineages), Token);
    }

    private void Start(int instances)
    {
        for (var i = 0; i < instances; i++) _instances.Add(new FleetInstance(azurite.ConnectionString, _baseline, i));
    }

    private RequestCount Total() => _instances.Aggregate(default(RequestCount), (sum, instance) => sum + instance.Count);

    private StorageClients Clients() => new(new StorageOptions { ConnectionString = azurite.ConnectionString });
}
