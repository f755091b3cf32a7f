using Changeling.Benchmarking.Measuring;

namespace Changeling.Benchmarking.Stages;

/// <summary>Joins the repetitions of a stage that runs with several numbers of event partitions.</summary>
internal static class PartitionResults
{
    /// <summary>The result with the first number of partitions, and inside it those of all.</summary>
    /// <param name="name">The stage's name.</param>
    /// <param name="partitions">The numbers of partitions.</param>
    /// <param name="repetitions">For each round one repetition for each number of partitions.</param>
    public static StageResult Of(string name, IReadOnlyList<int> partitions, IReadOnlyList<IReadOnlyList<Repetition>> repetitions)
    {
        var results = partitions.Index().ToDictionary(
            p => p.Item, p => StageResult.Of(name, isThreadTime: false, [.. repetitions.Select(round => round[p.Index])]));
        return results[partitions[0]] with { ByPartitions = results };
    }
}
