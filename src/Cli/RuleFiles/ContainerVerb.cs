using System.CommandLine;
using Changeling.Cli.Models;
using Changeling.Storage;
using Changeling.Storing;

namespace Changeling.Cli.RuleFiles;

/// <summary>The common part of the commands on a team's files in an account: opens their container.</summary>
internal static class ContainerVerb
{
    /// <param name="command">The command.</param>
    /// <param name="account">The account that its options name.</param>
    /// <param name="container"><see cref="JsonBlobs.Rules"/> or <see cref="JsonBlobs.Exceptions"/>.</param>
    /// <param name="work">What it does.</param>
    public static Command With(
        this Command command, StorageAccount account, string container, Func<ParseResult, JsonBlobs, CancellationToken, Task<int>> work)
    {
        account.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(account.Console, async () =>
        {
            try
            {
                var (clients, _) = await account.ConnectAsync(parsed, cancellation);
                return await work(parsed, new JsonBlobs(clients.Blobs(), container), cancellation);
            }
            catch (StoreUnavailableException exception) when (StorageAccount.Refusal(exception) is { } refusal)
            {
                throw refusal;
            }
        }));
        return command;
    }
}
