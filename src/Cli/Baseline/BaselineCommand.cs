using System.CommandLine;
using Changeling.Cli.Models;

namespace Changeling.Cli.Baseline;

/// <summary><c>changeling baseline …</c>: what is known of parents and their children.</summary>
internal static class BaselineCommand
{
    /// <param name="setting">Reads a setting as the app has it in its environment.</param>
    public static Command Create(Func<string, string?> setting)
    {
        var account = new StorageAccount(setting);
        return new Command("baseline", "Look into the counts of launches and the prior they start from.")
        {
            ShowCommand.Create(account),
            TopCommand.Create(account),
            ExportCommand.Create(account),
            ImportCommand.Create(account),
            VerifyCommand.Create(account),
            ResetCommand.Create(account),
            PriorCommand.Create(),
            BuildPriorCommand.Create(),
        };
    }
}
