using System.CommandLine;
using Changeling.Cli.Models;
using Changeling.Storage;
using Changeling.Storing;

namespace Changeling.Cli.Exceptions;

/// <summary>The common part of the commands on stored exceptions: opens an account.</summary>
internal static class ExceptionVerb
{
    public static Command With(
        this Command command, StorageAccount account, Func<ParseResult, JsonBlobs, CancellationToken, Task<int>> work)
    {
        account.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(account.Console, async () =>
        {
            try
            {
                var (clients, _) = await account.ConnectAsync(parsed, cancellation);
                return await work(parsed, new JsonBlobs(clients.Blobs(), JsonBlobs.Exceptions), cancellation);
            }
            catch (StoreUnavailableException exception) when (StorageAccount.Refusal(exception) is { } refusal)
            {
                throw refusal;
            }
        }));
        return command;
    }
}
