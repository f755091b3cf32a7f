using System.CommandLine;
using Spectre.Console;

namespace Changeling.Cli.Models;

/// <summary><c>changeling models rollback</c>: makes the previous package current again.</summary>
internal static class RollbackCommand
{
    public static Command Create(CliConsole console, StorageAccount account) =>
        new Command("rollback", "Make the previous model the current one again; a second rollback takes the first back.")
            .With(account, async (_, store, cancellation) =>
            {
                var (from, to) = await store.RollbackAsync(cancellation);
                console.Out.WriteLine($"{to} is current again, instead of {from}; the apps load it within their Model:PollInterval");
            });
}
