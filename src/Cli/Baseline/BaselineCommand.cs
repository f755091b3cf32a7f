using System.CommandLine;
using Changeling.Cli.Models;

namespace Changeling.Cli.Baseline;

/// <summary><c>changeling baseline …</c>: commands on the counts of parents and their children.</summary>
internal static class BaselineCommand
{
    public static Command Create(CliConsole console)
    {
        var account = new StorageAccount(console);
        return new Command("baseline", "Show and change the counts of launches, and show the prior that they start from.")
        {
            ShowCommand.Create(console, account),
            TopCommand.Create(console, account),
            ExportCommand.Create(console, account),
            ImportCommand.Create(console, account),
            VerifyCommand.Create(console, account),
            ResetCommand.Create(console, account),
            PriorCommand.Create(console),
            BuildPriorCommand.Create(console),
        };
    }
}
