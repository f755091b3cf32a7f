using System.CommandLine;
using Changeling.Cli.Models;
using Changeling.Storage;
using Spectre.Console;

namespace Changeling.Cli.RuleFiles;

/// <summary><c>changeling rules remove ID</c>: a shipped rule or threshold is as shipped again, and a rule of the team is gone.</summary>
internal static class RemoveCommand
{
    public static Command Create(CliConsole console, StorageAccount account)
    {
        var id = new Argument<string>("ID") { Description = "The id of a rule, or thresholds." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        return new Command("remove", "Remove the files that change or add a rule or the thresholds; what is shipped stays.") { id, yes }
            .With(account, JsonBlobs.Rules, async (parsed, blobs, cancellation) =>
        {
            var name = parsed.GetRequiredValue(id);
            var files = (await StoredRules.ReadAsync(blobs, cancellation)).Files.Where(f => f.Change.Id == name).ToList();
            if (files.Count == 0)
                throw new CliException($"no stored file changes or adds '{name}'; 'changeling rules list' names the files.");
            console.Confirm(parsed.GetValue(yes), $"deletes {string.Join(" and ", files.Select(f => f.Name))}");
            foreach (var file in files)
            {
                await blobs.DeleteAsync(file.Name, cancellation);
                console.Out.WriteLine($"removed {file.Name}; apps stop using it within their Rules:PollInterval");
            }

            return Verb.Success;
        });
    }
}
