using System.CommandLine;

namespace Changeling.Cli.Models;

/// <summary><c>changeling models …</c>: the packages in Blob storage and the one that the apps score with.</summary>
internal static class ModelsCommand
{
    /// <param name="setting">Reads a setting as the app has it in its environment: <c>Storage__AccountName</c>.</param>
    public static Command Create(Func<string, string?> setting)
    {
        var account = new StorageAccount(setting);
        return new Command("models", "Publish model packages and choose the one that the apps score with.")
        {
            PublishCommand.Create(account),
            ListCommand.Create(account),
            ActivateCommand.Create(account),
            RollbackCommand.Create(account),
        };
    }
}
