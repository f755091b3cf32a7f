using System.Text.Json;
using Changeling.Clusters;
using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.Rules;
using Changeling.Storing;
using Changeling.TestSupport;
using static Changeling.Core.Tests.Exceptions.SomeExceptions;

namespace Changeling.Core.Tests.Clusters;

/// <summary>
/// What exceptions do to the rules on clusters: ten bad launches of <c>cmd.exe</c> on <c>ws-0417</c> by <c>corp\mara.lind</c> within one
/// window.
/// </summary>
public class ClusterExceptionsTests
{
    private const string ByHost = "suspicious-cluster-by-host";
    private static readonly ClockWindow Window = new(ClockWindow.At(ClusterBench.Start).Number + 50);
    private static readonly ExceptionItem OfHost = Item("build", Exact("host.name", "ws-0417")) with { Rules = [ByHost] };

    private readonly ClusterBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_suppressed_cluster_is_stored_with_its_exception_and_never_handed_over()
    {
        await _bench.AttackAsync();

        var outcome = await RunAsync(OfHost);

        var suppressed = Assert.Single(_bench.Store.Suppressed);
        Assert.Equal((ByHost, "ws-0417", Window, true), (suppressed.RuleId, suppressed.Entity, suppressed.Window, suppressed.IsSuppressed));
        Assert.Equal([(ByHost, 1)], outcome.Suppressed.Select(s => (s.Key, s.Value)));
        using var json = JsonDocument.Parse(suppressed.Body);
        var root = json.RootElement;
        Assert.Equal((3, false), (root.GetProperty("status_id").GetInt32(), root.GetProperty("is_alert").GetBoolean()));
        Assert.Equal(
            "build",
            root.GetProperty("evidences")[0]
                .GetProperty("data")
                .GetProperty("exceptions")
                .GetProperty("matched")
                .GetProperty("id")
                .GetString());
        Assert.EndsWith("Suppressed by exception build, Name of build.", root.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(["suspicious-cluster-by-parent", "suspicious-cluster-by-user"], (await EmittedAsync(_bench.Store)).Order());
        Assert.Equal(new ExceptionCount("build", 1, Window.End, 0, null), Assert.Single(_bench.Store.Exceptions));
    }

    [Theory]
    [InlineData(ByHost, "host.name", "WS-0417")]
    [InlineData(ByHost, "host.group", "workstations")]
    [InlineData("suspicious-cluster-by-user", "user.name", "mara.lind")]
    [InlineData("suspicious-cluster-by-user", "user.name", @"CORP\mara.lind")]
    [InlineData("suspicious-cluster-by-parent", "process.parent.name", "cmd.exe")]
    public async Task A_cluster_has_the_fields_of_its_own_entity_and_an_item_without_rules_is_for_clusters_too(
        string rule, string field, string value)
    {
        await _bench.AttackAsync();

        await RunAsync(Item("known", Exact(field, value)));

        Assert.Equal([rule], _bench.Store.Suppressed.Select(s => s.RuleId));
        Assert.Equal(2, (await EmittedAsync(_bench.Store)).Count);
    }

    [Theory]
    [InlineData("host.name", "ws-0418")]
    [InlineData("host.name", "cmd.exe")]
    [InlineData("process.name", "toola.exe")]
    [InlineData("process.parent.executable", @"C:\Windows\cmd.exe")]
    [InlineData("user.name", "corp")]
    public async Task A_condition_on_another_entity_or_on_a_field_that_clusters_lack_suppresses_nothing(string field, string value)
    {
        await _bench.AttackAsync();

        await RunAsync(Item("other", Exact(field, value)));

        Assert.Empty(_bench.Store.Suppressed);
        Assert.Empty(_bench.Store.Exceptions);
        Assert.Equal(3, (await EmittedAsync(_bench.Store)).Count);
    }

    [Fact]
    public async Task An_item_that_differs_in_one_field_is_told_and_counted_as_near()
    {
        await _bench.AttackAsync();

        await RunAsync(Item("near", Exact("host.name", "ws-0417"), Exact("process.name", "toola.exe")) with { Rules = [ByHost] });

        var found = Assert.Single(await _bench.Store.UnemittedAsync(ClusterBench.Baseline, 100, Token), d => d.RuleId == ByHost);
        using var json = JsonDocument.Parse(found.Body);
        var near = Assert.Single(
            json.RootElement.GetProperty("evidences")[0]
                .GetProperty("data")
                .GetProperty("exceptions")
                .GetProperty("near")
                .EnumerateArray());
        Assert.Equal(("near", "process.name"), (near.GetProperty("id").GetString(), near.GetProperty("differs_in")[0].GetString()));
        Assert.Equal(new ExceptionCount("near", 0, null, 1, Window.End), Assert.Single(_bench.Store.Exceptions));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task An_item_expires_by_the_end_of_the_window_whenever_the_window_is_evaluated(int ticksAfterTheEnd, bool holds)
    {
        await _bench.AttackAsync();
        await _bench.CloseAsync(Window.End + TimeSpan.FromHours(8));

        await RunAsync(OfHost with { Expires = Window.End.AddTicks(ticksAfterTheEnd) });

        Assert.Equal(holds ? 1 : 0, _bench.Store.Suppressed.Count);
        Assert.Equal(holds ? (1, 0) : (0, 1), (Assert.Single(_bench.Store.Exceptions).Hits, _bench.Store.Exceptions[0].NearMisses));
    }

    [Fact]
    public async Task Hits_of_several_clusters_in_one_step_add_up_and_the_first_item_in_order_of_id_has_them()
    {
        await _bench.CloseAsync(ClusterBench.Start);
        for (var i = 0; i < 5; i++) await _bench.BurstAsync(Window.Start, $"build-{i}");
        await _bench.CloseAsync(Window.End);

        var outcome =
            await RunAsync(Item("z", Exact("host.name", "build-0")), Item("a", Prefix("host.name", "build-")) with { Rules = [ByHost] });

        Assert.Equal(5, outcome.Suppressed[ByHost]);
        Assert.Equal(new ExceptionCount("a", 5, Window.End, 0, null), Assert.Single(_bench.Store.Exceptions));
    }

    [Fact]
    public async Task Counts_go_on_from_window_to_window()
    {
        await _bench.AttackAsync();
        await RunAsync(OfHost);
        await _bench.BurstAsync(Window.Start + TimeSpan.FromHours(2));
        await _bench.CloseAsync(Window.End + TimeSpan.FromHours(2));

        await RunAsync(OfHost);
        await RunAsync(OfHost);

        Assert.Equal(new ExceptionCount("build", 2, Window.End + TimeSpan.FromHours(2), 0, null), Assert.Single(_bench.Store.Exceptions));
    }

    [Fact]
    public async Task Suppressing_changes_no_history()
    {
        await _bench.AttackAsync();
        var without = _bench.NewStore();

        await RunAsync(OfHost);
        await ClusterBench.Evaluation(without).RunAsync(RuleSet.Shipped, ExceptionList.Empty, Token);

        Assert.Equal(without.Histories, _bench.Store.Histories);
    }

    [Fact]
    public async Task However_many_exceptions_are_near_a_step_fits_one_transaction_and_each_is_counted_once()
    {
        const int Hosts = 12;
        await _bench.CloseAsync(ClusterBench.Start);
        for (var i = 0; i < Hosts; i++) await _bench.BurstAsync(Window.Start, $"build-{i}");
        await _bench.CloseAsync(Window.End);
        var near = Enumerable.Range(0, Hosts)
            .SelectMany(
                i => Enumerable.Range(0, 10).Select(j => Item($"e-{i}-{j}", Exact("host.name", $"build-{i}"), Exact("process.name", "x"))))
            .ToArray();
        var rows = new List<int>();
        var store = new DyingStore(_bench.Store, new Random(1))
        {
            OnCommit = step => rows.Add(step.Histories.Count + step.Detections.Count + step.Exceptions.Count),
        };

        await ClusterBench.Evaluation(store).RunAsync(RuleSet.Shipped, ExceptionList.Of(near, Groups), Token);

        Assert.All(rows, count => Assert.InRange(count, 1, BaselineCommit.MaxRows));
        Assert.True(rows.Max() > BaselineCommit.MaxRows / 2, "the steps are not filled");
        Assert.Equal(near.Length, _bench.Store.Exceptions.Count);
        Assert.All(_bench.Store.Exceptions, count => Assert.Equal((0, 1), (count.Hits, count.NearMisses)));
    }

    [Fact]
    public async Task Killed_anywhere_and_run_again_hits_and_near_misses_are_counted_once()
    {
        await _bench.AttackAsync();
        var items = new[] { OfHost, Item("near", Exact("user.name", "mara.lind"), Exact("process.name", "x")) };
        await RunAsync(items);
        var expected = _bench.Store.Exceptions;

        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var store = _bench.NewStore();
            var dying = new DyingStore(store, random);
            for (var run = 0; run < 40; run++)
            {
                try
                {
                    dying.Odds = run < 30 ? 0.3 : 0;
                    await ClusterBench.Evaluation(dying).RunAsync(RuleSet.Shipped, ExceptionList.Of(items, Groups), Token);
                }
                catch (KilledException)
                {
                    // The next run continues.
                }
            }

            Assert.Equal(expected, store.Exceptions);
            Assert.Single(store.Suppressed);
            Assert.DoesNotContain(ByHost, await EmittedAsync(store));
        }
    }

    [Fact]
    public async Task Runs_that_race_count_a_hit_once_and_what_the_loser_decided_is_gone()
    {
        await _bench.AttackAsync();
        var inside = 0;
        var racing = new DyingStore(_bench.Store, new Random(1));
        racing.OnCommit = step =>
        {
            // Another run is faster, between what this one read and its commit.
            if (step.Exceptions.Count > 0 && inside++ == 0) RunAsync(OfHost).GetAwaiter().GetResult();
        };

        var lost = await ClusterBench.Evaluation(racing).RunAsync(
            RuleSet.Shipped, ExceptionList.Of([OfHost with { Id = "loser" }], Groups), Token);

        Assert.Empty(lost.Suppressed);
        Assert.Equal(new ExceptionCount("build", 1, Window.End, 0, null), Assert.Single(_bench.Store.Exceptions));
    }

    private static async Task<List<string>> EmittedAsync(InMemoryClusterStore store) =>
    [
        .. (await store.UnemittedAsync(ClusterBench.Baseline, 100, Token)).Select(d => d.RuleId),
    ];

    private Task<ClusterOutcome> RunAsync(params ExceptionItem[] items) =>
        ClusterBench.Evaluation(_bench.Store).RunAsync(
            RuleSet.Shipped, ExceptionList.Of(items, HostGroups.Read("""{ "workstations": ["ws-*"] }"""u8)), Token);
}
