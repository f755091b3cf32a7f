using Azure;
using Azure.Data.Tables;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>
/// Deletes rows of a timer's table partition, and changes the state row in the same transaction, so that a concurrent run of the timer
/// cannot write back what it read before.
/// </summary>
/// <param name="reads">A client that retries.</param>
/// <param name="commits">A client with retries off.</param>
/// <param name="timer">Name of the timer function, for the error.</param>
internal sealed class GuardedDeletes(TableClient reads, TableClient commits, string timer)
{
    private const int MaxTries = 50;

    /// <summary>Deletes rows; those that no longer exist are passed over.</summary>
    /// <exception cref="StoreUnavailableException">The timer commits all the time.</exception>
    public async Task RunAsync(string partitionKey, IEnumerable<string> rowKeys, CancellationToken cancellationToken)
    {
        foreach (var some in rowKeys.Chunk(BaselineCommit.MaxRows)) await DeleteAsync(partitionKey, some, cancellationToken);
    }

    private async Task DeleteAsync(string key, string[] rows, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            TableEntity state = await reads.GetEntityAsync<TableEntity>(key, TableKeys.Watermark, cancellationToken: cancellationToken);
            var there = new List<string>();
            foreach (var row in rows)
            {
                if ((await reads.GetEntityIfExistsAsync<TableEntity>(key, row, ["RowKey"], cancellationToken)).HasValue) there.Add(row);
            }

            if (there.Count == 0) return;
            var actions = new List<TableTransactionAction>
            {
                new(TableTransactionActionType.UpdateMerge, new TableEntity(key, TableKeys.Watermark), state.ETag),
            };
            actions.AddRange(
                there.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(key, row), ETag.All)));
            try
            {
                await commits.SubmitTransactionAsync(actions, cancellationToken);
                return;
            }
            catch (RequestFailedException moved) when (moved.Status is 404 or 409 or 412)
            {
                // The timer or the sweep changed rows first: read them again.
            }
        }

        throw new StoreUnavailableException($"{key}: the timer {timer} commits all the time; stop the app, and run this again.");
    }
}
