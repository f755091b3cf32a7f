using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Changeling.Rules;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Rules;

/// <summary>docs/rules.md says what the data files say.</summary>
public partial class RulesPageTests
{
    [Fact]
    public void The_page_shows_every_rule_with_its_present_thresholds_and_triage()
    {
        var page = File.ReadAllText(RepositoryRoot.Combine("docs/rules.md"));
        var text = Whitespace().Replace(page, " ");

        Assert.All(RuleSet.Shipped.Definitions, rule =>
        {
            var file = JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine($"src/Core/Rules/Definitions/{rule.Id}.json")))!;
            var condition = (file["condition"] ?? file["cluster"])!.ToJsonString(new JsonSerializerOptions { WriteIndented = false });
            var cap = rule.MostPerHour?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "–";
            Assert.Contains(
                $"| `{rule.Id}` | {(rule.Enabled ? "yes" : "no")} | {rule.Severity.ToString().ToLowerInvariant()} | `{condition}` | {cap} |",
                page,
                StringComparison.Ordinal);
            Assert.Contains($" {rule.Name} {rule.Description} * {string.Join(" * ", rule.Triage)} ", text, StringComparison.Ordinal);
        });
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
