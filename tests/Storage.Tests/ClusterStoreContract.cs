using Changeling.Clusters;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Findings;
using Changeling.Rules;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Storage.Tests;

/// <summary>What the cluster rules need of their store where exceptions are concerned: the double and the table must agree.</summary>
public abstract class ClusterStoreContract
{
    protected const string ByHost = "suspicious-cluster-by-host";

    protected static readonly ClockWindow Window = ClockWindow.At(Some.Time);

    private static readonly ExceptionItem OfHost = new()
    {
        Id = "build",
        Name = "Build server",
        Owner = "it",
        Reason = "a test",
        Rules = [ByHost],
        Conditions = [new("host.name", ExceptionMatch.Exact, ["build01"])],
        Created = Some.Time.AddDays(-1),
    };

    protected string Baseline { get; } = AzuriteFixture.UniqueName("clusters");

    protected abstract IClusterStore Store { get; }

    protected abstract IBaselineStore Counts { get; }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_step_stores_a_suppressed_detection_and_its_count_together_and_hands_out_only_the_other()
    {
        var (sent, suppressed) = (Detection("build02", false), Detection("build01", true));

        var version = await Store.CommitAsync(
            Baseline, Step(null, sent, suppressed) with { Exceptions = [new("build", 1, Window.End, 0, null)] }, Token);

        Assert.NotNull(version);
        Assert.Equal("build02", Assert.Single(await Store.UnemittedAsync(Baseline, 10, Token)).Entity);
        Assert.Equal(new ExceptionCount("build", 1, Window.End, 0, null), await Store.ReadExceptionAsync(Baseline, "build", Token));
        Assert.Null(await Store.ReadExceptionAsync(Baseline, "other", Token));
        Assert.Equal(["build01"], (await SuppressedAsync()).Select(d => d.Entity));
    }

    [Fact]
    public async Task A_step_that_lost_the_race_changes_neither_detections_nor_counts()
    {
        var first = await Store.CommitAsync(Baseline, Step(null), Token);
        await Store.CommitAsync(Baseline, Step(first) with { Exceptions = [new("build", 5, Window.End, 2, Window.End)] }, Token);

        var lost = await Store.CommitAsync(
            Baseline, Step(first, Detection("build01", true)) with { Exceptions = [new("build", 1, Window.End, 0, null)] }, Token);

        Assert.Null(lost);
        Assert.Equal(new ExceptionCount("build", 5, Window.End, 2, Window.End), await Store.ReadExceptionAsync(Baseline, "build", Token));
        Assert.Empty(await SuppressedAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_dies_after_its_commit_or_loses_the_answer_and_comes_again_counts_a_hit_once(bool diesAfterCommit)
    {
        await ClusterAsync();
        var list = ExceptionList.Of([OfHost], HostGroups.None);

        var cut = Evaluation(new CutStore(Store) { DiesAfterCommit = diesAfterCommit }).RunAsync(RuleSet.Shipped, list, Token);
        if (diesAfterCommit) await Assert.ThrowsAsync<KilledException>(() => cut);
        else Assert.Equal(0, (await cut).Entities);
        Assert.Equal(1, (await Store.ReadExceptionAsync(Baseline, "build", Token))!.Hits);
        await Evaluation(Store).RunAsync(RuleSet.Shipped, list, Token);
        var handed = await Store.UnemittedAsync(Baseline, 100, Token);
        await Evaluation(Store).RunAsync(RuleSet.Shipped, list, Token);

        Assert.Equal(new ExceptionCount("build", 1, Window.End, 0, null), await Store.ReadExceptionAsync(Baseline, "build", Token));
        var hidden = Assert.Single(await SuppressedAsync());
        Assert.Equal((ByHost, "build01"), (hidden.RuleId, hidden.Entity));
        Assert.DoesNotContain(handed, d => d.RuleId == ByHost);
        Assert.Contains(handed, d => d.RuleId == "suspicious-cluster-by-parent");
    }

    /// <summary>What is stored as suppressed.</summary>
    protected abstract Task<IReadOnlyList<ClusterDetection>> SuppressedAsync();

    protected static ClusterStep Step(string? expected, params ClusterDetection[] detections) =>
        new(expected, new ClusterState(Window, null, Window), [], detections);

    protected static ClusterDetection Detection(string host, bool isSuppressed) =>
        new(Window, ByHost, host, "{}"u8.ToArray()) { IsSuppressed = isSuppressed };

    protected BaselinePartition Partition => new(Baseline, new("telemetry", "0"));

    /// <summary>A window, closed, in which a host and a parent have far more bad launches than ever.</summary>
    private async Task ClusterAsync()
    {
        var watermark = new Watermark(new Position(0, 7, 0), Window.End + ClockWindow.Length, Window.Start - TimeSpan.FromHours(10));
        string[] children = ["a.exe", "b.exe", "c.exe"];
        var result = await Counts.CommitAsync(
            Partition,
            new BaselineCommit(null, watermark, [], [])
            {
                Sums = [Sum(ClusterKind.Host, "build01"), Sum(ClusterKind.Parent, "cmd.exe")],
            },
            Token);
        Assert.Equal(CommitOutcome.Committed, result.Outcome);

        MaliciousSum Sum(ClusterKind kind, string entity) =>
            Enumerable.Range(0, 9).Aggregate(MaliciousSum.None(new(Window, kind, entity)), (sum, i) => sum.Plus(0.97, children[i % 3]));
    }

    private ClusterEvaluation Evaluation(IClusterStore store) =>
        new(store, Baseline, TimeSpan.Zero, DetectionFormat.Ocsf, AlertKind.Findings);

    /// <summary>Loses the answer of every commit, or dies before it can look at one.</summary>
    private sealed class CutStore(IClusterStore store) : PassingClusterStore(store)
    {
        public bool DiesAfterCommit { get; init; }

        public override async Task<string?> CommitAsync(string baseline, ClusterStep change, CancellationToken cancellationToken)
        {
            await base.CommitAsync(baseline, change, cancellationToken);
            return DiesAfterCommit ? throw new KilledException() : null;
        }
    }
}
