using Changeling.Deciding;
using Changeling.Rules;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Deciding;

/// <summary>The rules can say from which probability on a launch is malicious, in place of the model.</summary>
public class ThresholdOfTheRulesTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData(0.97, true)]
    [InlineData(0.98, false)]
    public void A_launch_is_malicious_from_the_threshold_of_the_rules_on(double? threshold, bool isMalicious)
    {
        var snapshot = new PipelineSnapshot(
            new WordModel(), Priors.Small, RuleSet.Shipped.With([new DecisionThresholds(threshold)]));
        var evil = Some.ProcessEvent(child: "cmd.exe", commandLine: "cmd /c evil");

        var evidence = snapshot.EvidenceOf(evil);

        Assert.Equal((0.97, isMalicious), (evidence.Prediction.Probability, evidence.Prediction.IsMalicious));
        Assert.Equal(threshold ?? 0.5, snapshot.Identity.Threshold);
        Assert.Equal(0.5, snapshot.Model.Identity.Threshold);
    }
}
