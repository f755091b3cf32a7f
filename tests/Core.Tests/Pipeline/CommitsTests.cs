using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Pipeline;
using Changeling.Storing;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>How a batch is cut into commits, what the store refuses, and other processes that commit too.</summary>
public class CommitsTests
{
    [Fact]
    public async Task A_message_that_changes_more_rows_than_a_transaction_takes_is_cut_inside()
    {
        var bench = new PipelineBench();

        var outcome = await bench.ProcessAsync(
            Message(
                1,
                Many([.. Enumerable.Range(0, 250).Select(i => Record("a.exe", $"app-{(char)('a' + i / 26)}{(char)('a' + i % 26)}.exe"))])));

        Assert.Equal(3, outcome.Commits);
        Assert.Equal(250, (await bench.LaunchesAsync("a.exe")).Count);
    }

    [Fact]
    public async Task A_single_record_that_the_store_refuses_becomes_a_dead_letter_and_the_rest_goes_on()
    {
        var bench = new PipelineBench();
        var store = new RefusingStore(bench.Store, commit => commit.Launches.Any(l => l.Row.Name == "poison.exe"));
        var pipeline = new BatchPipeline(store, bench.DeadLetters, new PipelineSettings { LaunchesPerHostAndDay = 0 });
        var batch = new EventBatch(
            PipelineBench.Partition,
            [.. Enumerable.Range(1, 20).Select(i => Message(i, Record("a.exe", i == 13 ? "poison.exe" : "x.exe")))]);

        var outcome = await pipeline.ProcessAsync(
            batch, new PipelineSnapshot(new WordModel(), Priors.Small, RuleSets.ByParent), TestContext.Current.CancellationToken);

        Assert.Equal(19, outcome.Scored);
        Assert.Equal(
            (13L, "uncommittable"), (bench.DeadLetters.All.Single().Position.SequenceNumber, bench.DeadLetters.All.Single().Reason));
        Assert.Equal(19, (await bench.LaunchesAsync("a.exe")).Single().Count.Launches);
    }

    [Fact]
    public async Task Two_processes_that_own_the_partition_at_once_count_once()
    {
        var bench = new PipelineBench();
        var snapshot = new PipelineSnapshot(new WordModel(), Priors.Small, RuleSets.ByParent);
        BatchPipeline Process() => new(bench.Store, bench.DeadLetters, new PipelineSettings { LaunchesPerHostAndDay = 0 });
        var (one, other) = (Process(), Process());
        var batch = new EventBatch(
            PipelineBench.Partition,
            [.. Enumerable.Range(1, 400).Select(i => Message(i, Record("a.exe", $"n-{(char)('a' + i % 26)}{(char)('a' + i / 26)}.exe")))]);

        await Task.WhenAll(
            Task.Run(() => one.ProcessAsync(batch, snapshot, TestContext.Current.CancellationToken)),
            Task.Run(() => other.ProcessAsync(batch, snapshot, TestContext.Current.CancellationToken)));

        var rows = await bench.LaunchesAsync("a.exe");
        Assert.Equal(400, rows.Sum(r => r.Count.Launches));
    }

    [Fact]
    public async Task A_message_that_stands_twice_in_a_batch_counts_once()
    {
        var bench = new PipelineBench();
        var twice = Message(2, Record("a.exe", "x.exe"));

        await bench.ProcessAsync(Message(1, Record("a.exe", "x.exe")), twice, twice, Message(3, Record("a.exe", "x.exe")));

        Assert.Equal(3, (await bench.LaunchesAsync("a.exe")).Single().Count.Launches);
    }

    [Fact]
    public async Task A_process_that_was_left_behind_an_epoch_takes_no_new_message_for_a_replay()
    {
        var bench = new PipelineBench();
        var snapshot = new PipelineSnapshot(new WordModel(), Priors.Small, RuleSets.ByParent);
        var other = new BatchPipeline(bench.Store, bench.DeadLetters, new PipelineSettings { LaunchesPerHostAndDay = 0 });
        await bench.ProcessAsync(Message(900, Record("a.exe", "x.exe"), Some.Time));
        await other.ProcessAsync(
            new EventBatch(PipelineBench.Partition, [Message(1, Record("a.exe", "x.exe"), Some.Time.AddSeconds(1))]), snapshot,
            TestContext.Current.CancellationToken);

        // The broker's clock stepped back below what the first process remembers.
        await bench.ProcessAsync(Message(2, Record("a.exe", "x.exe"), Some.Time.AddSeconds(-1)));

        Assert.Equal(3, (await bench.LaunchesAsync("a.exe")).Single().Count.Launches);
    }

    private sealed class RefusingStore(IBaselineStore store, Func<BaselineCommit, bool> refuses) : BaselineStoreDecorator(store)
    {
        public override Task<CommitResult> CommitAsync(
            BaselinePartition partition, BaselineCommit commit, CancellationToken cancellationToken) =>
            refuses(commit)
                ? Task.FromResult(new CommitResult(CommitOutcome.Refused, Detail: "400"))
                : base.CommitAsync(partition, commit, cancellationToken);
    }
}
