using System.CommandLine;
using Changeling.Storing;

namespace Changeling.Cli.Models;

/// <summary>The common part of the four commands: opens an account.</summary>
internal static class ModelVerb
{
    public static Command With(this Command command, StorageAccount account, Func<ParseResult, ModelStore, CancellationToken, Task> work)
    {
        account.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(account.Console, async () =>
        {
            try
            {
                await work(parsed, await account.OpenAsync(parsed, cancellation), cancellation);
                return Verb.Success;
            }
            catch (StoreUnavailableException exception) when (StorageAccount.Refusal(exception) is { } refusal)
            {
                throw refusal;
            }
        }));
        return command;
    }
}
