using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Changeling.Cli.Models;
using Changeling.Storage;
using Spectre.Console;

namespace Changeling.Cli.RuleFiles;

/// <summary><c>changeling rules enable|disable ID</c>: switches a rule, and leaves everything else in its file.</summary>
internal static class SwitchCommand
{
    private const int MaxAttempts = 3;

    public static Command Create(CliConsole console, StorageAccount account, bool enables)
    {
        var id = new Argument<string>("ID") { Description = "The rule's id." };
        var (verb, state) = enables ? ("enable", "on") : ("disable", "off");
        return new Command(verb, $"Switch a rule {state}.") { id }.With(account, JsonBlobs.Rules, async (parsed, blobs, cancellation) =>
        {
            var name = parsed.GetRequiredValue(id);
            for (var attempt = 0; attempt < MaxAttempts; attempt++)
            {
                var stored = await StoredRules.ReadAsync(blobs, cancellation);
                if (ShowCommand.Existing(stored.InForce, name).Enabled == enables)
                {
                    console.Out.WriteLine($"{name} is {state} already");
                    return Verb.Success;
                }

                if (!await SwitchAsync(blobs, stored, name, enables, cancellation)) continue;
                console.Out.WriteLine($"{name} is {state}; apps use this within their Rules:PollInterval");
                return Verb.Success;
            }

            throw new CliException($"the file of {name} was changed by somebody else at the same time, or is one that the apps refuse, so nothing was written; look at it with 'changeling rules list', and try again.");
        });
    }

    /// <returns>Whether it was written; <see langword="false"/> if the file has changed since it was read.</returns>
    private static Task<bool> SwitchAsync(
        JsonBlobs blobs, StoredRules stored, string name, bool enables, CancellationToken cancellationToken)
    {
        var present = stored.Of(name);
        var content = present?.Switched(enables)
            ?? JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = name, ["enabled"] = enables }, RuleText.Indented);
        var file = present?.Name ?? StoredRules.NameOf(name);
        UserFiles.Require([.. stored.Files, UserFiles.Change(file, content)]);
        return present?.Blob is { } read
            ? blobs.ReplaceAsync(file, content, read, cancellationToken)
            : blobs.WriteAsync(file, content, replaces: false, cancellationToken);
    }
}
