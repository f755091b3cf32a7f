using Changeling.Counts;
using Changeling.Findings;
using Changeling.Rarity;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Rarity;

public class HistoryConfidenceTests
{
    private static readonly TimeSpan LearningTime = TimeSpan.FromHours(24);

    [Theory]
    [InlineData(0, 100, 100, HistoryConfidence.Learning)] // a parent never seen
    [InlineData(500, 23, 100, HistoryConfidence.Learning)] // a new parent in a partition that is not new
    [InlineData(500, 100, 23, HistoryConfidence.Learning)] // a partition that is new itself
    [InlineData(99, 24, 24, HistoryConfidence.Thin)]
    [InlineData(100, 24, 24, HistoryConfidence.Settled)]
    public void A_history_is_learning_then_thin_then_settled(int launches, int parentHours, int partitionHours, HistoryConfidence expected)
    {
        Assert.Equal(expected, Of(launches, parentHours, partitionHours).Confidence);
    }

    [Fact]
    public void Words_say_it_unless_the_history_is_settled()
    {
        Assert.EndsWith(
            "The history of winword.exe is still in its learning period.", Sentences.Of(Of(500, 1, 100)), StringComparison.Ordinal);
        Assert.EndsWith("The history of winword.exe is short.", Sentences.Of(Of(20, 48, 100)), StringComparison.Ordinal);
        Assert.EndsWith("is this unusual.", Sentences.Of(Of(500, 48, 100)), StringComparison.Ordinal);
    }

    private static RarityRating Of(int launches, int parentHours, int partitionHours)
    {
        var clock = new PartitionClock(Some.Time);
        var history = new ParentHistory("winword.exe", [], HalfLife.Never);
        for (var i = 0; i < launches; i++) history.Count("splwow64.exe", Some.Time.AddHours(-parentHours), 0);
        var confidence = HistoryConfidences.Of(history.Counts, clock, Some.Time.AddHours(-partitionHours), LearningTime);
        return RarityEstimator.Rate(
            history, FleetParent.None, ParentClass.Office, "certutil.exe", Priors.Small, Priors.Small.Calibration, confidence);
    }
}
