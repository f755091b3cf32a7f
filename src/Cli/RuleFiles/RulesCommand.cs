using System.CommandLine;
using Changeling.Cli.Models;

namespace Changeling.Cli.RuleFiles;

/// <summary><c>changeling rules …</c>: the rules and thresholds in force, and a team's own.</summary>
internal static class RulesCommand
{
    public static Command Create(CliConsole console)
    {
        var account = new StorageAccount(console);
        return new Command("rules", "Show, test and change the rules and thresholds of the apps.")
        {
            ListCommand.Create(console, account),
            ShowCommand.Create(console, account),
            TestCommand.Create(console),
            PublishCommand.Create(console, account),
            SwitchCommand.Create(console, account, enables: true),
            SwitchCommand.Create(console, account, enables: false),
            RemoveCommand.Create(console, account),
        };
    }
}
