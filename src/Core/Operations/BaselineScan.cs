using System.Runtime.CompilerServices;
using Changeling.Counts;
using Changeling.Storing;

namespace Changeling.Operations;

/// <summary>Reads rows page after page. At most one page of each partition is in memory.</summary>
public static class BaselineScan
{
    /// <summary>All launch rows of one partition, parents one after the other.</summary>
    public static IAsyncEnumerable<LaunchEntry> LaunchesAsync(
        this IBaselineRows rows, BaselinePartition partition, CancellationToken cancellationToken) =>
        AllAsync((after, token) => rows.ReadLaunchPageAsync(partition, after, token), cancellationToken);

    /// <summary>All detections of one partition, newest first.</summary>
    public static IAsyncEnumerable<DetectionEntry> DetectionsAsync(
        this IBaselineRows rows, BaselinePartition partition, CancellationToken cancellationToken) =>
        AllAsync((after, token) => rows.ReadDetectionPageAsync(partition, after, token), cancellationToken);

    /// <summary>All rows of signals of one partition, in order of position.</summary>
    public static IAsyncEnumerable<SignalsEntry> SignalsAsync(
        this IBaselineRows rows, BaselinePartition partition, CancellationToken cancellationToken) =>
        AllAsync((after, token) => rows.ReadSignalPageAsync(partition, after, token), cancellationToken);

    /// <summary>All rows of one partition that name hosts or users.</summary>
    public static IAsyncEnumerable<Occurrence> OccurrencesAsync(
        this IBaselineRows rows, BaselinePartition partition, OccurrenceKind kind, CancellationToken cancellationToken) =>
        AllAsync((after, token) => rows.ReadOccurrencePageAsync(partition, kind, after, token), cancellationToken);

    /// <summary>All keys of caps and sums of one partition that name hosts, or users.</summary>
    public static IAsyncEnumerable<NamedKey> RuleRowsAsync(
        this IBaselineRows rows, BaselinePartition partition, OccurrenceKind kind, CancellationToken cancellationToken) =>
        AllAsync((after, token) => rows.ReadRulePageAsync(partition, kind, after, token), cancellationToken);

    /// <summary>The counts of exceptions in one partition.</summary>
    public static IAsyncEnumerable<ExceptionCount> ExceptionsAsync(
        this IBaselineRows rows, BaselinePartition partition, CancellationToken cancellationToken) =>
        AllAsync((after, token) => rows.ReadExceptionPageAsync(partition, after, token), cancellationToken);

    /// <summary>All launch rows of several partitions, one parent at a time with its rows of every partition.</summary>
    /// <param name="rows">The store.</param>
    /// <param name="partitions">The partitions to read.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    public static async IAsyncEnumerable<(string Parent, IReadOnlyList<CountRow> Rows)> ParentsAsync(
        this IBaselineRows rows, IEnumerable<BaselinePartition> partitions, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // All partitions return their parents in the same order, so the next parent is the first one left of some partition.
        var fronts = new List<IAsyncEnumerator<LaunchEntry>>();
        try
        {
            foreach (var partition in partitions)
            {
                var front = rows.LaunchesAsync(partition, cancellationToken).GetAsyncEnumerator(cancellationToken);
                if (await front.MoveNextAsync()) fronts.Add(front);
                else await front.DisposeAsync();
            }

            while (fronts.Count > 0)
            {
                var next = fronts.Select(f => f.Current).MinBy(e => e.Group, StringComparer.Ordinal)!;
                var of = new List<CountRow>();
                foreach (var front in fronts.Where(f => f.Current.Group == next.Group).ToList())
                {
                    if (await TakeAsync(front, next.Group, of)) continue;
                    fronts.Remove(front);
                    await front.DisposeAsync();
                }

                yield return (next.Parent, of);
            }
        }
        finally
        {
            foreach (var front in fronts) await front.DisposeAsync();
        }
    }

    /// <summary>Reads the rows of a partition's next parent; false at the end of the partition.</summary>
    private static async Task<bool> TakeAsync(IAsyncEnumerator<LaunchEntry> front, string group, List<CountRow> rows)
    {
        do
        {
            if (front.Current.Group != group) return true;
            rows.Add(front.Current.Row);
        }
        while (await front.MoveNextAsync());
        return false;
    }

    private static async IAsyncEnumerable<T> AllAsync<T>(
        Func<string?, CancellationToken, Task<RowPage<T>>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            var page = await read(after, cancellationToken);
            foreach (var row in page.Rows) yield return row;
            after = page.Last;
        }
        while (after is not null);
    }
}
