using System.CommandLine;
using Changeling.Cli.Models;
using Changeling.Cli.RuleFiles;
using Changeling.Exceptions;
using Changeling.Storage;
using Spectre.Console;

namespace Changeling.Cli.Exceptions;

/// <summary><c>changeling exceptions remove ID</c>.</summary>
internal static class RemoveCommand
{
    public static Command Create(CliConsole console, StorageAccount account)
    {
        var id = new Argument<string>("ID") { Description = "The exception's id." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        return new Command(
            "remove",
            "Remove an exception; its counts are kept.")
            { id, yes }.With(account, JsonBlobs.Exceptions, async (parsed, blobs, cancellation) =>
        {
            var name = parsed.GetRequiredValue(id);
            console.Confirm(parsed.GetValue(yes), $"deletes the exception {name}, and what it hid is reported again");
            if (!await blobs.DeleteAsync(ExceptionFile.NameOf(name), cancellation))
                throw new CliException($"there is no exception '{name}'; 'changeling exceptions list' names them.");
            console.Out.WriteLine($"removed {name}; apps stop using it within their Exceptions:PollInterval");
            return Verb.Success;
        });
    }
}
