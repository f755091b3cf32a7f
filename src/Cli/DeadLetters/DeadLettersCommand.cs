using System.CommandLine;
using Changeling.Cli.Models;
using Changeling.Storage;
using Changeling.Storing;

namespace Changeling.Cli.DeadLetters;

/// <summary>
/// <c>changeling deadletters …</c>: shows records that could not be read or committed, and writes them to a file for sending.
/// </summary>
internal static class DeadLettersCommand
{
    public static Command Create(CliConsole console)
    {
        var account = new StorageAccount(console);
        return new Command("deadletters", "Show the records that could not be read or committed, and write them to a file for sending.")
        {
            ListCommand.Create(console, account),
            ShowCommand.Create(console, account),
            RetryCommand.Create(console, account),
        };
    }

    /// <summary>Opens the dead letters of an account and runs the command.</summary>
    public static Command With(
        this Command command, StorageAccount account, Func<ParseResult, DeadLetterBlobs, CancellationToken, Task> work)
    {
        account.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(account.Console, async () =>
        {
            try
            {
                var (clients, _) = await account.ConnectAsync(parsed, cancellation);
                await work(parsed, new DeadLetterBlobs(clients.Blobs()), cancellation);
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
