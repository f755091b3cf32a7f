using System.CommandLine;
using Changeling.Cli.Models;
using Changeling.Counts;
using Changeling.Storage;
using Changeling.Storing;

namespace Changeling.Cli.Baseline;

/// <summary>The common part of the commands on counts: opens an account and a baseline.</summary>
internal static class BaselineVerb
{
    /// <summary>The app's <c>Baseline:Name</c>, and the account's options.</summary>
    public static Command With(
        this Command command, StorageAccount account, Func<ParseResult, OpenBaseline, CancellationToken, Task<int>> work)
    {
        var name = new Option<string>("--baseline")
        {
            Description = "Name of the set of counts: Baseline:Name of the app.",
            DefaultValueFactory = _ => "default",
            HelpName = "NAME",
        };
        command.Add(name);
        account.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(account.Console, async () =>
        {
            try
            {
                var (clients, accountName) = await account.ConnectAsync(parsed, cancellation);
                var open = new OpenBaseline(
                    parsed.GetRequiredValue(name), accountName, LineageTable.Open(clients), LineageRows.Open(clients), clients);
                return await work(parsed, open, cancellation);
            }
            catch (StoreUnavailableException exception) when (StorageAccount.Refusal(exception) is { } refusal)
            {
                throw refusal;
            }
        }));
        return command;
    }
}

/// <summary>The counts that a command works on.</summary>
/// <param name="Name">Name of the baseline.</param>
/// <param name="Account">The account's name.</param>
/// <param name="Table">Watermarks and launches, through the app's own interface.</param>
/// <param name="Rows">Rows, through the interface for operators.</param>
/// <param name="Clients">The account.</param>
internal sealed record OpenBaseline(string Name, string Account, LineageTable Table, LineageRows Rows, StorageClients Clients)
{
    /// <summary>The partitions of the baseline; at least one.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public async Task<IReadOnlyList<BaselinePartition>> PartitionsAsync(CancellationToken cancellationToken) =>
        await Rows.FindPartitionsAsync(Name, cancellationToken) is { Count: > 0 } partitions
            ? partitions
            : throw new CliException(
                $"account {Account} contains no counts of baseline '{Name}'; pass Baseline:Name of the app to --baseline.");
}
