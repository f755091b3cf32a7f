using System.CommandLine;

namespace Changeling.Cli.Models;

/// <summary><c>changeling models …</c>: the packages in Blob storage and the one that the apps score with.</summary>
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
