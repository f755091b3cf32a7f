using Changeling.Counts;

namespace Changeling.Storing;

/// <summary>All rows of one event partition except its outbox, in the order in which they were read.</summary>
/// <param name="Watermark">The watermark.</param>
public sealed record PartitionRows(Watermark Watermark)
{
    /// <summary>Rows of signals in one commit: they are large.</summary>
    private const int SignalsAtOnce = 16;

    /// <summary>Launch rows with the parent's folded name, parents one after the other.</summary>
    public IReadOnlyList<(string Parent, CountRow Row)> Launches { get; init; } = [];

    /// <summary>Occurrences with kind and child.</summary>
    public IReadOnlyList<(OccurrenceKind Kind, string Child, CountRow Row)> Occurrences { get; init; } = [];

    /// <summary>Sums.</summary>
    public IReadOnlyList<MaliciousSum> Sums { get; init; } = [];

    /// <summary>Quotas.</summary>
    public IReadOnlyList<(QuotaKey Key, Quota Quota)> Quotas { get; init; } = [];

    /// <summary>Rows of signals.</summary>
    public IReadOnlyList<StoredSignals> Signals { get; init; } = [];

    /// <summary>Puts the rows into a partition that is empty.</summary>
    /// <exception cref="InvalidDataException">The store refuses them; some of them may be stored.</exception>
    public async Task RestoreAsync(IBaselineStore store, BaselinePartition partition, CancellationToken cancellationToken)
    {
        string? version = null;
        var empty = new BaselineCommit(null, Watermark, [], []);
        IEnumerable<BaselineCommit> commits =
        [
            empty,
            .. Launches.Chunk(BaselineCommit.MaxRows).Select(some => empty with { Launches = some }),
            .. Occurrences.Chunk(BaselineCommit.MaxRows).Select(some => empty with { Occurrences = some }),
            .. Sums.Chunk(BaselineCommit.MaxRows).Select(some => empty with { Sums = some }),
            .. Quotas.Chunk(BaselineCommit.MaxRows).Select(some => empty with { Quotas = some }),
            .. Signals.Chunk(SignalsAtOnce).Select(some => empty with { Signals = some }),
        ];
        foreach (var commit in commits)
        {
            var result = await store.CommitAsync(partition, commit with { ExpectedVersion = version }, cancellationToken);
            if (result.Outcome != CommitOutcome.Committed)
                throw new InvalidDataException($"{partition}: rows cannot be put back ({result.Detail})");
            version = result.Version;
        }
    }
}
