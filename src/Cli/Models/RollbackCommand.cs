using System.CommandLine;
using Spectre.Console;

namespace Changeling.Cli.Models;

/// <summary><c>changeling models rollback</c>: points the apps to the package before the current one again.</summary>
internal static class RollbackCommand
{
    public static Command Create(CliConsole console, StorageAccount account) =>
        new Command("rollback", "Make the previous model the current one again; a second rollback takes the first back.")
            .With(account, async (_, store, cancellation) =>
            {
                var (from, to) = await store.RollbackAsync(cancellation);
                console.Out.WriteLine($"back from {from} to {to}; the apps take it at their next look (Model:PollInterval)");
            });
}
