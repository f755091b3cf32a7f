using Changeling.Counts;

namespace Changeling.Partitions;

/// <summary>
/// Which rows one process keeps in memory of an event partition, as they stand there: what was used last comes last. Belongs to the
/// watermark in the store. Who takes it over continues exactly as the process would have, also in what it lets go of next.
/// </summary>
/// <param name="Parents">Launch rows of the parents kept.</param>
/// <param name="Occurrences">Rows of the occurrences kept.</param>
/// <param name="Quotas">The quotas kept.</param>
public sealed record PartitionCache(
    IReadOnlyList<(string Parent, IReadOnlyList<CountRow> Rows)> Parents,
    IReadOnlyList<(OccurrenceKind Kind, string Child, IReadOnlyList<CountRow> Rows)> Occurrences,
    IReadOnlyList<(QuotaKey Key, Quota Quota)> Quotas);
