using System.CommandLine;
using Changeling.Cli.Models;

namespace Changeling.Cli.Exceptions;

/// <summary><c>changeling exceptions …</c>: commands on known and trusted activity that is not reported.</summary>
internal static class ExceptionsCommand
{
    public static Command Create(CliConsole console)
    {
        var account = new StorageAccount(console);
        return new Command("exceptions", "Suppress detections of known and trusted activity, after a test of what an exception would hide.")
        {
            AddCommand.Create(console, account),
            ListCommand.Create(console, account),
            RemoveCommand.Create(console, account),
            TestCommand.Create(console),
            StatsCommand.Create(console, account),
            ShowCommand.Create(console, account),
        };
    }
}
