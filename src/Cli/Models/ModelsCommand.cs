using System.CommandLine;

namespace Changeling.Cli.Models;

/// <summary><c>changeling models …</c>: commands on the packages in Blob storage and on the current one.</summary>
internal static class ModelsCommand
{
    public static Command Create(CliConsole console)
    {
        var account = new StorageAccount(console);
        return new Command("models", "Publish model packages and choose the one that the apps use.")
        {
            PublishCommand.Create(console, account),
            ListCommand.Create(console, account),
            ActivateCommand.Create(console, account),
            RollbackCommand.Create(console, account),
        };
    }
}
