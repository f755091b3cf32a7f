using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Pipeline;
using Changeling.Storing;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>Rows are read side by side, for many records together.</summary>
public class ReadAheadTests
{
    [Fact]
    public async Task A_thousand_new_parents_are_read_side_by_side_and_never_too_many_at_once()
    {
        var store = new LateStore();
        var pipeline = new BatchPipeline(store, new RecordedDeadLetters(), new PipelineSettings());
        var batch = new EventBatch(
            PipelineBench.Partition, [.. Enumerable.Range(0, 1_000).Select(i => Message(i, Record(Letters(i) + ".exe", "x.exe")))]);

        var outcome = await store.RunAsync(
            pipeline.ProcessAsync(
                batch, new PipelineSnapshot(new WordModel(), Priors.Small, RuleSets.ByParent), TestContext.Current.CancellationToken));

        Assert.Equal(1_000, outcome.Scored);
        Assert.Equal(1_000, store.Reads);
        Assert.Equal(16, store.MaxAtOnce);
        Assert.True(store.Rounds < 120, $"{store.Rounds} waits for 1,000 reads");
    }

    [Fact]
    public async Task While_a_commit_is_on_its_way_the_next_records_are_scored()
    {
        var (store, model) = (new SlowCommit(), new WordModel());
        var pipeline = new BatchPipeline(store, new RecordedDeadLetters(), new PipelineSettings());
        var batch = new EventBatch(
            PipelineBench.Partition, [.. Enumerable.Range(0, 1_000).Select(i => Message(i, Record("a.exe", Letters(i) + ".exe")))]);
        var scoredBefore = 0;
        store.OnFirst = () => scoredBefore = model.Predictions;

        var processing = pipeline.ProcessAsync(
            batch, new PipelineSnapshot(model, Priors.Small, RuleSets.ByParent), TestContext.Current.CancellationToken);
        var scoredMeanwhile = model.Predictions - scoredBefore;
        store.Answer.SetResult();
        var outcome = await processing;

        Assert.Equal((512, 1_000, 1_000), (scoredBefore, model.Predictions, outcome.Scored));
        Assert.InRange(scoredMeanwhile, 50, 100);
    }

    [Fact]
    public async Task A_batch_that_is_stopped_while_a_commit_is_on_its_way_waits_for_the_commit()
    {
        var store = new SlowCommit();
        var pipeline = new BatchPipeline(store, new RecordedDeadLetters(), new PipelineSettings());
        var batch = new EventBatch(
            PipelineBench.Partition, [.. Enumerable.Range(0, 1_000).Select(i => Message(i, Record("a.exe", Letters(i) + ".exe")))]);
        using var stop = new CancellationTokenSource();
        store.OnFirst = stop.Cancel;

        var processing = pipeline.ProcessAsync(batch, new PipelineSnapshot(new WordModel(), Priors.Small, RuleSets.ByParent), stop.Token);
        var endedBefore = processing.IsCompleted;
        store.Answer.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => processing);
        Assert.False(endedBefore);
    }

    /// <summary>Letters only, so that nothing folds.</summary>
    private static string Letters(int number) => string.Concat(number.ToString("d5", null).Select(digit => (char)('g' + (digit - '0'))));

    /// <summary>Answers only when nothing else is asked for: each answer is one wait of the caller.</summary>
    private sealed class LateStore : BaselineStoreDecorator
    {
        private readonly Queue<TaskCompletionSource> _waiting = [];

        public LateStore()
            : base(new InMemoryBaselineStore())
        {
        }

        public int Reads { get; private set; }

        public int Rounds { get; private set; }

        public int MaxAtOnce { get; private set; }

        public override async Task<IReadOnlyList<CountRow>> ReadLaunchesAsync(
            BaselinePartition partition, string parent, CancellationToken cancellationToken)
        {
            Reads++;
            var turn = new TaskCompletionSource();
            _waiting.Enqueue(turn);
            await turn.Task;
            return await base.ReadLaunchesAsync(partition, parent, cancellationToken);
        }

        /// <summary>Lets a batch run to its end, all reads that wait answered together.</summary>
        public async Task<BatchOutcome> RunAsync(Task<BatchOutcome> batch)
        {
            while (!batch.IsCompleted)
            {
                Rounds++;
                MaxAtOnce = Math.Max(MaxAtOnce, _waiting.Count);
                foreach (var turn in Enumerable.Range(0, _waiting.Count).Select(_ => _waiting.Dequeue()).ToList()) turn.SetResult();
            }

            return await batch;
        }
    }

    /// <summary>The first commit waits until <see cref="Answer"/> is set.</summary>
    private sealed class SlowCommit() : BaselineStoreDecorator(new InMemoryBaselineStore())
    {
        private bool _isLater;

        public TaskCompletionSource Answer { get; } = new();

        public Action OnFirst { get; set; } = () => { };

        public override async Task<CommitResult> CommitAsync(
            BaselinePartition partition, BaselineCommit commit, CancellationToken cancellationToken)
        {
            if (!_isLater)
            {
                _isLater = true;
                OnFirst();
                await Answer.Task;
            }

            return await base.CommitAsync(partition, commit, CancellationToken.None);
        }
    }
}
