using Azure;
using Azure.Data.Tables;

namespace Changeling.Storage.Tests;

/// <summary>The client of a table whose connection breaks after the server has stored a transaction.</summary>
internal sealed class LostAnswers(TableClient azurite) : TableClient
{
    public override async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        await azurite.SubmitTransactionAsync(transactionActions, cancellationToken);
        throw new RequestFailedException(0, "the connection broke after the server had acted");
    }
}
