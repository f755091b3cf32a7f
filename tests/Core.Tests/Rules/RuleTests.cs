using Changeling.Catalogues;
using Changeling.Features;
using Changeling.Rules;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Rules;

public class RuleTests
{
    public static TheoryData<string, string> Examples()
    {
        var data = new TheoryData<string, string>();
        foreach (var rule in RuleSet.Shipped.Definitions)
            foreach (var example in rule.Examples) data.Add(rule.Id, example.Say);
        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_of_every_rule_fires_or_not_as_it_says(string ruleId, string say)
    {
        var rule = RuleSet.Shipped.Definitions.Single(r => r.Id == ruleId);

        Assert.True(rule.Examples.Single(e => e.Say == say).IsMetBy(rule));
    }

    [Fact]
    public void The_ten_rules_ship_and_only_the_noisy_one_is_off()
    {
        Assert.Equal(10, RuleSet.Shipped.Definitions.Count);
        Assert.Equal("suspicious-low-probability", Assert.Single(RuleSet.Shipped.Definitions, r => !r.Enabled).Id);
    }

    [Fact]
    public void Every_rule_has_examples_both_ways_and_attack_names_known_in_every_version() =>
        Assert.All(RuleSet.Shipped.Definitions, rule =>
    {
        Assert.Contains(rule.Examples, e => e.Fires);
        Assert.Contains(rule.Examples, e => !e.Fires);
        foreach (var version in AttackNames.Versions) Assert.All(rule.Attack, a => AssertNamed(RuleSet.Shipped.Under(version).Attack, a));
    });

    [Fact]
    public void Every_lolbin_and_every_pattern_of_the_blocklist_has_a_technique_with_a_name()
    {
        Assert.All(LolBinCatalogue.Shipped.Names, name => AssertNamed(RuleSet.Shipped.Attack, LolBinCatalogue.Shipped.TechniqueOf(name)!));
        Assert.All(Blocklist.Shipped.Patterns, pattern => AssertNamed(RuleSet.Shipped.Attack, pattern.Technique));
    }

    [Fact]
    public void Every_example_of_the_blocklist_fits_its_pattern_or_not_as_it_says() => Assert.All(Blocklist.Shipped.Patterns, pattern =>
    {
        Assert.InRange(pattern.Examples.Count, 10, 100);
        Assert.InRange(pattern.Examples.Count(e => !e.Fits), 4, 100);
        Assert.All(
            pattern.Examples,
            e =>
                Assert.True(
                    e.Fits == (Blocklist.Shipped.Find(Some.ProcessEvent(child: e.Child, commandLine: e.CommandLine))?.Id == pattern.Id),
                    $"{pattern.Id}: {e.CommandLine}"));
    });

    [Fact]
    public void The_names_of_attack_version_18_are_the_old_ones() =>
        Assert.Equal(
            ("Defense Evasion", "Stealth"),
            (RuleSet.Shipped.Under("18.0").Attack.Tactics["TA0005"], RuleSet.Shipped.Attack.Tactics["TA0005"]));

    [Theory]
    [InlineData(Severity.Low, 21)]
    [InlineData(Severity.Medium, 47)]
    [InlineData(Severity.High, 73)]
    [InlineData(Severity.Critical, 99)]
    public void Risk_follows_severity(Severity severity, int risk) =>
        Assert.All(RuleSet.Shipped.Definitions.Where(r => r.Severity == severity), r => Assert.Equal(risk, r.RiskScore));

    private static void AssertNamed(AttackNames names, AttackReference reference)
    {
        Assert.Contains(reference.Tactic, names.Tactics);
        Assert.Contains(reference.Technique, names.Techniques);
        Assert.Contains(reference.Technique.Split('.')[0], names.Techniques);
    }
}
