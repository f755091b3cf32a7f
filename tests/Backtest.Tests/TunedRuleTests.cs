using Changeling.Backtest.Gathering;
using Changeling.Rules;

namespace Changeling.Backtest.Tests;

/// <summary>The thresholds that a backtest varies are those that a rule declares.</summary>
public sealed class TunedRuleTests
{
    [Fact]
    public void The_shipped_rules_declare_exactly_one_part_as_tunable() =>
        Assert.Single(RuleSet.Shipped.Definitions, rule => rule.TunablePart is not null);

    [Fact]
    public void The_rule_may_have_any_name_and_any_shape_around_the_part()
    {
        var shipped = RuleSet.Shipped.Tunable!;
        var other = shipped with
        {
            Id = "another-rule",
            Condition = new RuleCondition
            {
                AnyOf = [new() { Malicious = true, RarityAtLeast = 61, Tunable = true }, new() { Malicious = true, RarityAtLeast = 90 }],
            },
        };

        Assert.Equal(61, TunedRule.Of(RuleSet.Shipped.With([shipped with { Enabled = false }, other])).RarityThreshold);
    }

    [Fact]
    public void Without_such_a_rule_there_is_nothing_to_vary()
    {
        var rules = RuleSet.Shipped.With([RuleSet.Shipped.Tunable! with { Enabled = false }]);

        Assert.Throws<ArgumentException>(() => TunedRule.Of(rules));
    }
}
