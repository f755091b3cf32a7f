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
    public static Command Create(CliConsole console, StorageAccount account, bool enables)
    {
        var id = new Argument<string>("ID") { Description = "The rule's id." };
        var (verb, state) = enables ? ("enable", "on") : ("disable", "off");
        return new Command(verb, $"Switch a rule {state}.") { id }.With(account, JsonBlobs.Rules, async (parsed, blobs, cancellation) =>
        {
            var name = parsed.GetRequiredValue(id);
            var stored = await StoredRules.ReadAsync(blobs, cancellation);
            if (ShowCommand.Existing(stored.InForce, name).Enabled == enables)
            {
                console.Out.WriteLine($"{name} is {state} already");
                return Verb.Success;
            }

            var content = stored.Of(name)?.Switched(enables)
                ?? JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = name, ["enabled"] = enables }, RuleText.Indented);
            var file = stored.Of(name)?.Name ?? StoredRules.NameOf(name);
            UserFiles.Require([.. stored.Files, UserFiles.Change(file, content)]);
            await blobs.WriteAsync(file, content, replaces: true, cancellation);
            console.Out.WriteLine($"{name} is {state}; apps use this within their Rules:PollInterval");
            return Verb.Success;
        });
    }
}
