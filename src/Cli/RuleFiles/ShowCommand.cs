using System.CommandLine;
using Changeling.Cli.Models;
using Changeling.Rules;
using Changeling.Storage;

namespace Changeling.Cli.RuleFiles;

/// <summary><c>changeling rules show ID</c>: one rule in force as the JSON of a whole file, which can be changed and published.</summary>
internal static class ShowCommand
{
    public static Command Create(CliConsole console, StorageAccount account)
    {
        var id = new Argument<string>("ID") { Description = $"The rule's id, or {DecisionThresholds.FileId}." };
        return new Command("show", "Write one rule, or the thresholds, as JSON.") { id }
            .With(account, JsonBlobs.Rules, async (parsed, blobs, cancellation) =>
        {
            var inForce = (await StoredRules.ReadAsync(blobs, cancellation)).InForce;
            console.Lines.WriteLine(RuleFile.Json(Find(inForce, parsed.GetRequiredValue(id))).ToJsonString(RuleText.Indented));
            return Verb.Success;
        });
    }

    private static IRuleChange Find(RuleSet rules, string id) => id == DecisionThresholds.FileId ? rules.Thresholds : Existing(rules, id);

    /// <summary>The rule with an id.</summary>
    /// <exception cref="CliException">There is none.</exception>
    internal static RuleDefinition Existing(RuleSet rules, string id) =>
        rules.Find(id) ?? throw new CliException($"there is no rule '{id}'; 'changeling rules list' names them.");
}
