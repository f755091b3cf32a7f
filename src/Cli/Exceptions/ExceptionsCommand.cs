using System.CommandLine;
using Changeling.Cli.Models;

namespace Changeling.Cli.Exceptions;

/// <summary><c>changeling exceptions …</c>: what is known and trusted, so that it is not reported.</summary>
internal static class ExceptionsCommand
{
    /// <param name="setting">Reads a setting as the app has it in its environment.</param>
    public static Command Create(Func<string, string?> setting)
    {
        var account = new StorageAccount(setting);
        return new Command("exceptions", "Suppress detections for what is known and trusted, with a look beforehand at what that hides.")
        {
            AddCommand.Create(account),
            ListCommand.Create(account),
            RemoveCommand.Create(account),
            TestCommand.Create(),
            StatsCommand.Create(account),
            ShowCommand.Create(account),
        };
    }
}
