using Changeling.Catalogues;
using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.Features;
using Changeling.Findings;
using Changeling.Rules;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.Core.Tests.Findings;

/// <summary>Risk follows from the evidence, and the rules that fired set a minimum.</summary>
public class RiskTests
{
    private static readonly AttackReference[] Techniques =
        [new("TA0006", "T1003.001"), new("TA0008", "T1021"), new("TA0011", "T1105"), new("TA0005", "T1027.010")];

    private static readonly Gen<Signs> AnySigns = Gen.Select(
        Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 100], Gen.Bool, Gen.Int[0, 2], Gen.Int[0, 4], Gen.Bool).Select(
            s => new Signs(s.Item1, s.Item2, s.Item3, s.Item4, s.Item5, s.Item6, s.Item7));

    private static readonly Gen<RuleDefinition> AnyRule =
        Gen.Int[0, RuleSet.Shipped.Definitions.Count - 1].Select(i => RuleSet.Shipped.Definitions[i]);

    [Fact]
    public void A_stronger_sign_never_lowers_the_risk() =>
        Gen.Select(AnySigns, AnySigns, Gen.Int[0, 6]).Sample((signs, other, which) =>
        {
            var (low, high) = (Of(signs), Of(signs.Raised(which, other)));

            Assert.True(
                high.Score >= low.Score && high.Severity >= low.Severity, $"{signs} has {low}, {signs.Raised(which, other)} {high}");
        });

    [Fact]
    public void The_risk_is_never_below_that_of_a_rule_that_fired_and_never_above_100() =>
        Gen.Select(AnySigns, AnyRule.Array[1, 4]).Sample((signs, rules) =>
        {
            var risk = Risk.Of(signs.Evidence, signs.Acts, rules);

            Assert.InRange(risk.Score, rules.Max(r => r.RiskScore), 100);
            Assert.True(risk.Severity >= rules.Max(r => r.Severity));
        });

    [Theory]
    [InlineData(0, 21, Severity.Low)]
    [InlineData(1, 35, Severity.Low)]
    public void A_doubtful_launch_without_any_other_sign_keeps_the_rules_severity(double probability, int score, Severity severity) =>
        Assert.Equal(new Risk(score, severity), Of(new Signs(probability, 0, 0, false, 0, 0, false)));

    [Fact]
    public void Credentials_taken_by_a_sure_and_rare_launch_are_worse_than_a_download()
    {
        var signs = new Signs(0.99, 0.99, 95, false, 0, 0, true);

        var (dump, download) = (Risk.Of(signs.Evidence, [Techniques[0]], [Rule]), Risk.Of(signs.Evidence, [Techniques[2]], [Rule]));

        Assert.True(dump.Score > download.Score);
        Assert.Equal(Severity.High, dump.Severity);
    }

    [Fact]
    public void A_suppressed_rule_gives_no_severity_while_another_is_left()
    {
        var quiet = GoldenDetections.Of(Some.ProcessEvent()) with
        {
            Evidence = new Evidence(Some.ProcessEvent(), new Prediction(0, false)),
        };
        var high = new DetectedRule(Rule with { Severity = Severity.High, RiskScore = 73 });
        var matched = new ExceptionEvidence(1, [], Tests.Exceptions.SomeExceptions.Item("exc-1"));

        var left = quiet with { Rules = DetectedRule.Ordered([high with { Exceptions = matched }, new(Rule)]) };
        var none = quiet with { Rules = [high with { Exceptions = matched }] };

        Assert.Equal(Severity.Low, left.Risk.Severity);
        Assert.Equal((Severity.High, true), (none.Risk.Severity, none.IsSuppressed));
    }

    private static RuleDefinition Rule => RuleSet.Shipped.Find("unusual-process-by-parent")!;

    private static Risk Of(Signs signs) => Risk.Of(signs.Evidence, signs.Acts, [Rule]);

    /// <summary>The signs that risk is made of.</summary>
    private sealed record Signs(
        double Probability, double Act, double Rarity, bool IsListed, int FalseName, int Stakes, bool IsNewOnHost)
    {
        public Evidence Evidence => new(Some.ProcessEvent(), new Prediction(Probability, true) { Act = Act })
        {
            Rarity = GoldenDetections.All["story"].Evidence.Rarity! with { Score = Rarity },
            Blocklist = IsListed ? Blocklist.Shipped.Patterns[0] : null,
            Masquerade = new Masquerade(null, IsRenamed: FalseName == 2, IsMisplaced: FalseName == 1),
            Hosts = new FleetOccurrence("ws-0417", 1, IsNewOnHost),
        };

        public IReadOnlyList<AttackReference> Acts => Techniques[^Stakes..];

        /// <summary>With one of the signs at least as strong as here and there.</summary>
        public Signs Raised(int which, Signs other) => which switch
        {
            0 => this with { Probability = Math.Max(Probability, other.Probability) },
            1 => this with { Act = Math.Max(Act, other.Act) },
            2 => this with { Rarity = Math.Max(Rarity, other.Rarity) },
            3 => this with { IsListed = IsListed || other.IsListed },
            4 => this with { FalseName = Math.Max(FalseName, other.FalseName) },
            5 => this with { Stakes = Math.Max(Stakes, other.Stakes) },
            _ => this with { IsNewOnHost = IsNewOnHost || other.IsNewOnHost },
        };
    }
}
