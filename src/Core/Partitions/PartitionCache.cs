using Changeling.Ancestry;
using Changeling.Counts;

namespace Changeling.Partitions;

/// <summary>
/// The rows of an event partition that one process keeps in memory, the most recently used last. They belong to the watermark in the store.
/// A process that takes them over continues exactly as the first one would have, also in the order of removal.
/// </summary>
/// <param name="Parents">Launch rows of the parents kept.</param>
/// <param name="Occurrences">Rows of the occurrences kept.</param>
/// <param name="Quotas">The quotas kept.</param>
/// <param name="Processes">The processes that were seen last, in the order in which they were seen.</param>
/// <param name="Signals">The weak signals that were stored in the current clock hour.</param>
public sealed record PartitionCache(
    IReadOnlyList<(string Parent, IReadOnlyList<CountRow> Rows)> Parents,
    IReadOnlyList<(OccurrenceKind Kind, string Child, IReadOnlyList<CountRow> Rows)> Occurrences,
    IReadOnlyList<(QuotaKey Key, Quota Quota)> Quotas,
    IReadOnlyList<SeenProcess> Processes,
    RecentSignalsState Signals);
