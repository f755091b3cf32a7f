using System.CommandLine;
using Changeling.Cli.Models;
using Changeling.Storage;
using Spectre.Console;

namespace Changeling.Cli.RuleFiles;

/// <summary><c>changeling rules publish FILE…</c>: checks files and gives them to the apps.</summary>
internal static class PublishCommand
{
    public static Command Create(CliConsole console, StorageAccount account)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files of rules or thresholds, for example one that 'backtest --write-rules' wrote.",
            Arity = ArgumentArity.OneOrMore,
        }.AsPaths(console);
        return new Command("publish", "Check rules or thresholds, and store them in place of those with the same ids.") { files }
            .With(account, JsonBlobs.Rules, async (parsed, blobs, cancellation) =>
        {
            var names = UserFiles.Of(parsed.GetRequiredValue(files));
            var stored = await StoredRules.ReadAsync(blobs, cancellation);
            var changes = UserFiles.Changes(names);
            if (changes.FirstOrDefault(c => c.Content.Length > JsonBlobs.MaxBytes) is { } large)
            {
                throw new CliException(
                    $"{large.Name} has more than {JsonBlobs.MaxBytes / 1024:N0} KB, which the apps do not read; shorten it.");
            }

            UserFiles.Require([.. stored.Files, .. changes]);
            foreach (var change in changes)
            {
                var id = change.Change.Id;
                var name = stored.Of(id)?.Name ?? StoredRules.NameOf(id);
                await blobs.WriteAsync(name, change.Content.ToArray(), replaces: true, cancellation);
                console.Out.WriteLine($"published {id} as {name}; apps use it within their Rules:PollInterval");
            }

            return Verb.Success;
        });
    }
}
