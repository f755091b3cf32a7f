using System.Text;
using System.Text.Json.Nodes;
using Changeling.Rules;

namespace Changeling.Core.Tests.Rules;

public class RuleFileTests
{
    private const string Whole = """
        {
          "id": "office-starts-tar", "name": "Office starts tar", "version": "1", "enabled": true, "severity": "medium", "riskScore": 47, "analytic": "rule",
          "condition": { "parentNeverNeedsIt": true, "launch": { "children": ["tar.exe"], "has": ["-x"] } },
          "mostPerHour": 2,
          "attack": [ { "tactic": "TA0009", "technique": "T1560.001" } ],
          "description": "A document unpacks an archive.", "triage": ["Look at it."], "references": [],
          "examples": [
            { "say": "unpacks", "parent": "winword.exe", "child": "tar.exe", "commandLine": "tar /x /f a.zip", "fires": true },
            { "say": "by a shell", "parent": "cmd.exe", "child": "tar.exe", "commandLine": "tar -x -f a.zip", "fires": false }
          ]
        }
        """;

    [Fact]
    public void A_rule_of_ones_own_is_added_to_the_shipped_ones()
    {
        var rules = RuleSet.Shipped.With([Read("mine.json", Whole)]);

        Assert.Equal(RuleSet.Shipped.Definitions.Count + 1, rules.Definitions.Count);
        Assert.True(rules.Find("office-starts-tar")!.Enabled);
    }

    [Fact]
    public void A_file_with_a_shipped_id_changes_only_what_it_says_and_the_version_shows_it()
    {
        var shipped = RuleSet.Shipped.Find("unusual-process-by-parent")!;

        var changed = Read("strict.json", """{ "id": "unusual-process-by-parent", "condition": { "rarityAtLeast": 90 } }""");

        Assert.Equal(
            (90.0, shipped.Condition!.AnyOf!.Count, shipped.Name),
            (changed.Condition!.RarityAtLeast!.Value, changed.Condition.AnyOf!.Count, changed.Name));
        Assert.Matches(@"^4\+[0-9a-f]{8}$", changed.Version);
    }

    [Fact]
    public void A_rule_is_switched_off_and_on_in_one_line()
    {
        Assert.False(Read("a.json", """{ "id": "unusual-process-by-parent", "enabled": false }""").Enabled);
        Assert.True(
            Read(
                "b.json",
                """{ "id": "suspicious-low-probability", "enabled": true, "version": "mine" }""") is { Enabled: true, Version: "mine" });
    }

    [Theory]
    [InlineData("severity", "\"low\"", "rule file mine.json: riskScore is 47, must be 21 for severity Low")]
    [InlineData("condition", "{}", "rule file mine.json: condition is empty: it would fire on every event")]
    [InlineData("condition", """{ "anyOf": [ { "rarityAtLeast": 101 } ] }""",
        "rule file mine.json: condition.anyOf[0].rarityAtLeast is 101, must be from 0 to 100")]
    [InlineData("condition", """{ "prevalenceAtMost": -1 }""",
        "rule file mine.json: condition.prevalenceAtMost is -1, must be 0 or more launches")]
    [InlineData("condition", """{ "rarityBelow": 0 }""",
        "rule file mine.json: condition.rarityBelow is 0, must be above 0 and at most 100")]
    [InlineData("condition", """{ "newOnHostOfAtMost": 40 }""",
        "rule file mine.json: condition.newOnHostOfAtMost is 40, must be from 0 to 31")]
    [InlineData("condition", """{ "anyOf": [ { "malicious": true, "tunable": true } ] }""",
        "rule file mine.json: condition.anyOf[0].tunable needs rarityAtLeast beside it: the threshold that is chosen")]
    [InlineData("condition", """{ "anyOf": [ { "rarityAtLeast": 80, "tunable": true }, { "rarityAtLeast": 90, "tunable": true } ] }""",
        "rule file mine.json: condition.anyOf has several parts that are tunable, of which a rule has one at most")]
    [InlineData("condition", """{ "launch": { "children": ["TAR.exe"] } }""",
        "rule file mine.json: condition.launch has 'TAR.exe', which must be lower case")]
    [InlineData("condition", """{ "lolbin": true }""", "rule file mine.json: example 'by a shell' must not fire and does")]
    [InlineData("mostPerHour", "0", "rule file mine.json: mostPerHour is 0, must be from 1 to 10000")]
    [InlineData("id", "\"Office Tar\"", "rule file mine.json: id is 'Office Tar', must be 1 to 64 characters of a-z, 0-9 and '-'")]
    [InlineData("id", "\"incidents\"",
        "rule file mine.json: id is 'incidents', which is the word for incidents in exceptions; choose another one")]
    [InlineData("attack", """[ { "tactic": "TA9", "technique": "T1036" } ]""",
        "rule file mine.json: attack has 'TA9' and 'T1036', must be ids such as TA0005 and T1218 or T1218.011")]
    [InlineData("examples", "[]", "rule file mine.json: examples must hold at least one that fires and one that does not")]
    [InlineData("cluster", """{ "by": "host", "launchesAtLeast": 3, "childrenAtLeast": 1, "deviationsAtLeast": 3 }""",
        "rule file mine.json: must have either condition or cluster")]
    public void A_file_that_cannot_be_a_rule_is_refused_by_name_and_field(string field, string value, string sentence)
    {
        var json = JsonNode.Parse(Whole)!;
        json[field] = JsonNode.Parse(value);

        var refusal = Assert.Throws<InvalidDataException>(() => Read("mine.json", json.ToJsonString()));

        Assert.Equal(sentence, refusal.Message);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{ "id": 7 }""")]
    [InlineData("""{ "id": "unusual-process-by-parent", "rarity": 90 }""")]
    [InlineData("""{ "id": "unusual-process-by-parent", "condition": null }""")]
    public void What_is_no_rule_at_all_is_refused_with_the_file_named(string text) =>
        Assert.StartsWith(
            "rule file odd.json: ", Assert.Throws<InvalidDataException>(() => Read("odd.json", text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_mean_probability_of_clusters_that_none_can_reach_is_refused() =>
        Assert.Equal(
            "rule file sure.json: cluster.meanProbabilityAtLeast is 1, must be at least 0 and below 1",
            Assert.Throws<InvalidDataException>(
                () => Read("sure.json", """{ "id": "suspicious-cluster-by-host", "cluster": { "meanProbabilityAtLeast": 1 } }""")).Message);

    [Fact]
    public void More_rules_than_fit_one_transaction_are_refused()
    {
        var rule = Read("mine.json", Whole);

        Assert.Throws<InvalidDataException>(
            () => RuleSet.Shipped.With(Enumerable.Range(0, 50).Select(i => rule with { Id = $"mine-{i}" })));
    }

    [Fact]
    public void A_file_can_hold_the_thresholds_of_the_model_and_of_incidents()
    {
        var both = RuleSet.Shipped.With([ReadAny("t.json", """{ "id": "thresholds", "malicious": 0.8, "incident": 0.35 }""")]);
        var one = RuleSet.Shipped.With([ReadAny("t.json", """{ "id": "thresholds", "malicious": 0.8 }""")]);

        Assert.Equal((0.8, 0.35), (both.Thresholds.Malicious, both.Thresholds.Incident));
        Assert.Equal((0.8, null), (one.Thresholds.Malicious, one.Thresholds.Incident));
        Assert.Equal(both.Thresholds, both.Under("18.0").Thresholds);
        Assert.Equal(both.Thresholds, RuleFileOf(both.Thresholds));
        Assert.Equal(RuleSet.Shipped.Definitions, both.Definitions);
    }

    [Theory]
    [InlineData("\"malicious\": 0", "rule file t.json: malicious is 0, must be from 0.05 to 0.999")]
    [InlineData("\"malicious\": 1", "rule file t.json: malicious is 1, must be from 0.05 to 0.999")]
    [InlineData("\"incident\": 0.04", "rule file t.json: incident is 0.04, must be from 0.05 to 0.99")]
    [InlineData("\"incident\": 1", "rule file t.json: incident is 1, must be from 0.05 to 0.99")]
    public void A_threshold_that_nothing_or_everything_reaches_is_refused(string property, string message) => Assert.Equal(
        message, Assert.Throws<InvalidDataException>(() => ReadAny("t.json", $$"""{ "id": "thresholds", {{property}} }""")).Message);

    [Fact]
    public void Thresholds_with_an_unknown_property_are_refused() => Assert.StartsWith(
        "rule file t.json: ",
        Assert.Throws<InvalidDataException>(() => ReadAny("t.json", """{ "id": "thresholds", "rarity": 80 }""")).Message,
        StringComparison.Ordinal);

    private static IRuleChange RuleFileOf(IRuleChange change) => ReadAny("written.json", RuleFile.Json(change).ToJsonString());

    private static RuleDefinition Read(string file, string json) => (RuleDefinition)ReadAny(file, json);

    private static IRuleChange ReadAny(string file, string json) => RuleFile.Read(file, Encoding.UTF8.GetBytes(json), RuleSet.Shipped);
}
