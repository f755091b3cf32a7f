using Changeling.Events;
using Changeling.Rules;

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
        var example = rule.Examples.Single(e => e.Say == say);

        Assert.Equal(example.Fires, rule.Condition.Holds(example.Malicious, example.Rarity));
    }

    [Fact]
    public void Every_rule_has_examples_both_ways_and_known_attack_names() => Assert.All(RuleSet.Shipped.Definitions, rule =>
    {
        Assert.Contains(rule.Examples, e => e.Fires);
        Assert.Contains(rule.Examples, e => !e.Fires);
        Assert.All(rule.Attack, a =>
        {
            Assert.Contains(a.Tactic, RuleSet.Shipped.Attack.Tactics);
            Assert.Contains(a.Technique, RuleSet.Shipped.Attack.Techniques);
        });
    });

    [Theory]
    [InlineData(Severity.Low, 21)]
    [InlineData(Severity.Medium, 47)]
    [InlineData(Severity.High, 73)]
    [InlineData(Severity.Critical, 99)]
    public void Risk_follows_severity(Severity severity, int risk) =>
        Assert.All(RuleSet.Shipped.Definitions.Where(r => r.Severity == severity), r => Assert.Equal(risk, r.RiskScore));

    [Fact]
    public void The_detection_id_is_the_published_one() => Assert.Equal(
        new Guid("26540ef7-c7cb-573f-a8bd-35e9d4c6925e"),
        DetectionId.Of("unusual-process-by-parent", "sysmon-1|ws-0417.corp.example|{8d3f21b6-5c43-690a-9b01-000000002f00}"));

    [Fact]
    public void Without_an_identity_the_place_is_the_identity() => Assert.NotEqual(
        DetectionId.Of("r", DetectionId.Fallback(new EventPartition("telemetry", "3"), new(0, 7, 0))),
        DetectionId.Of("r", DetectionId.Fallback(new EventPartition("telemetry", "3"), new(0, 7, 1))));
}
