using Changeling.Storing;

namespace Changeling.Operations;

/// <summary>
/// Deletes rows without effect, in bounded steps: each table partition once per day of its own clock, page after page. A run continues
/// where the last one ended. Two runs at once, or a run during scoring, do no harm: a row is deleted only if it has not changed since it
/// was read.
/// </summary>
public sealed class BaselineSweep(ISweepStore store, SweepPolicy policy)
{
    /// <summary>Runs one bounded step over all partitions of a baseline.</summary>
    /// <param name="baseline">The set of counts.</param>
    /// <param name="requests">Approximate maximum number of requests in this run. At least one page is swept if a sweep is due.</param>
    /// <param name="cancellationToken">Stops between requests; what is deleted stays deleted.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be used now: the next run continues where this one was.</exception>
    public async Task<SweepOutcome> RunAsync(string baseline, int requests, CancellationToken cancellationToken)
    {
        var outcome = new SweepOutcome(0, 0, 0, IsDone: true);
        foreach (var partition in await store.PartitionsAsync(baseline, cancellationToken))
        {
            outcome = outcome with { Partitions = outcome.Partitions + 1 };
            if (requests <= 0) return outcome with { IsDone = false };
            if (await store.ReadStateAsync(partition, cancellationToken) is not { } state) continue;

            var day = state.Clock.Day;
            if (state.Progress is { After: null } done && done.Day >= day) continue;

            var after = state.Progress?.After;
            do
            {
                if (requests <= 0) return outcome with { IsDone = false };
                var page = await store.ReadPageAsync(partition, after, cancellationToken);
                var stale = page.Rows.Where(row => policy.IsStale(row, state.Clock)).ToList();
                var (deleted, used) = await store.DeleteAsync(partition, stale, cancellationToken);
                after = page.Last;
                await store.SaveProgressAsync(partition, new SweepProgress(day, after), cancellationToken);
                requests -= 2 + used;
                outcome = outcome with { Rows = outcome.Rows + page.Rows.Count, Deleted = outcome.Deleted + deleted };
            }
            while (after is not null);
        }

        return outcome;
    }
}

/// <summary>The result of one run of a sweep.</summary>
/// <param name="Partitions">Table partitions looked at.</param>
/// <param name="Rows">Rows looked at.</param>
/// <param name="Deleted">Rows deleted.</param>
/// <param name="IsDone">Whether every partition is swept for its day; otherwise the next run continues.</param>
public sealed record SweepOutcome(int Partitions, int Rows, int Deleted, bool IsDone);
