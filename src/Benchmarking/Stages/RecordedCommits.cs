using Changeling.Benchmarking.Samples;
using Changeling.Counts;
using Changeling.Storage;
using Changeling.Storing;

namespace Changeling.Benchmarking.Stages;

/// <summary>The commits that the pipeline makes of a sample, cut as for the table: what has to be written in any case.</summary>
internal sealed class RecordedCommits
{
    private RecordedCommits(IReadOnlyList<(BaselinePartition Partition, IReadOnlyList<BaselineCommit> Commits)> all) => All = all;

    /// <summary>The commits of each partition, in order.</summary>
    public IReadOnlyList<(BaselinePartition Partition, IReadOnlyList<BaselineCommit> Commits)> All { get; }

    /// <summary>Number of commits.</summary>
    public int Count => All.Sum(p => p.Commits.Count);

    /// <summary>Runs the pipeline and keeps its commits.</summary>
    public static RecordedCommits Of(SampleEvents sample, int partitions, BenchOptions options)
    {
        var store = new Recorder();
        MemoryPipeline.Run(sample.Batches(partitions), options, store);
        return new([.. store.Commits.Select(p => (p.Key, (IReadOnlyList<BaselineCommit>)p.Value))]);
    }

    private sealed class Recorder() : BaselineStoreDecorator(new InMemoryBaselineStore())
    {
        public Dictionary<BaselinePartition, List<BaselineCommit>> Commits { get; } = [];

        public override ICommitSizes Sizes => LineageTable.CommitSizes;

        public override Task<CommitResult> CommitAsync(
            BaselinePartition partition, BaselineCommit commit, CancellationToken cancellationToken)
        {
            if (!Commits.TryGetValue(partition, out var commits)) Commits[partition] = commits = [];
            commits.Add(commit);
            return base.CommitAsync(partition, commit, cancellationToken);
        }
    }
}
