using Azure;
using Azure.Data.Tables;

namespace Changeling.Storage.Tests;

/// <summary>The client of a table on Azurite that refuses beforehand what the real service refuses and Azurite takes.</summary>
internal sealed class StrictTableClient(TableClient azurite) : TableClient
{
    public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        var actions = transactionActions.ToList();
        return TableRules.Refusal(actions) is { } code
            ? throw new RequestFailedException(code == "RequestBodyTooLarge" ? 413 : 400, code, code, null)
            : azurite.SubmitTransactionAsync(actions, cancellationToken);
    }
}
