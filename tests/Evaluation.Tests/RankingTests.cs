using Changeling.Evaluation.Rankings;
using Changeling.TestSupport;
using Changeling.Training;

namespace Changeling.Evaluation.Tests;

public sealed class RankingTests
{
    [Fact]
    public void Attacks_above_all_background_rank_perfectly()
    {
        var ranking = Of([.. Attacks("a", 9, 8), .. Background(1, 2, 3)]);

        Assert.Equal((1, 1, 1), (ranking.RocAuc, ranking.RecallAt1, ranking.ChainsAt1));
    }

    [Fact]
    public void A_tie_counts_half()
    {
        Assert.Equal(0.5, Of([.. Attacks("a", 5), .. Background(5)]).RocAuc);
        Assert.Equal(0.75, Of([.. Attacks("a", 5), .. Background(5, 1)]).RocAuc);
    }

    [Fact]
    public void Equal_scores_pass_a_threshold_together_or_not_at_all()
    {
        // At 1 % of 100 launches one may pass: the two at 7 may not, and with them stays the attack at 7.
        var background = Background([7, 7, .. Enumerable.Repeat(1.0, 98)]);

        var ranking = Of([.. Attacks("a", 9, 7), .. background]);

        Assert.Equal(0.5, ranking.RecallAt1);
    }

    [Fact]
    public void A_chain_is_found_by_one_step_and_a_small_background_says_nothing_of_a_thousandth()
    {
        var ranking = Of([.. Attacks("a", 9, 0), .. Attacks("b", 0), .. Background(1, 2)]);

        Assert.Equal((0.5, null, null), (ranking.ChainsAt1, ranking.RecallAt01, ranking.ChainsAt01));
    }

    [Fact]
    public void Repeated_rows_weigh_one_together()
    {
        var twice = Attacks("a", 9, 9).Select(a => a with { Weight = 0.5 });

        Assert.Equal(0.5, Of([.. twice, .. Attacks("b", 0), .. Background(1)]).RocAuc);
    }

    [Fact]
    public void Without_attacks_or_without_background_there_is_no_ranking()
    {
        Assert.Null(Ranking.Of([.. Attacks("a", 1)], m => m.Surprises[0]));
        Assert.Null(Ranking.Of([.. Background(1)], m => m.Surprises[0]));
    }

    private static Ranking Of(IReadOnlyList<Measured> launches) => Ranking.Of(launches, m => m.Surprises[0])!;

    private static IEnumerable<Measured> Attacks(string recording, params double[] scores) =>
        scores.Select(score => new Measured(Row(recording, 1), [score], double.NaN, 1));

    private static IEnumerable<Measured> Background(params double[] scores) =>
        scores.Select(score => new Measured(null, [score], double.NaN, 1));

    private static CorpusRow Row(string recording, int label) => new()
    {
        Id = recording,
        File = "recorded",
        Role = CorpusRole.Recorded,
        Source = "made",
        Dataset = recording,
        Format = "sysmon-1",
        Label = label,
        TupleId = recording,
        Event = Some.ProcessEvent(),
    };
}
