using Changeling.Counts;
using Changeling.Rarity;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.Core.Tests.Rarity;

public class RarityTests
{
    [Fact]
    public void A_child_never_seen_before_is_rarer_than_one_seen_once()
    {
        var history = History(("notepad.exe", 200), ("calc.exe", 1));

        Assert.True(Rate(history, "mshta.exe").Surprise > Rate(history, "calc.exe").Surprise);
        Assert.True(Rate(history, "calc.exe").Surprise > Rate(history, "notepad.exe").Surprise);
    }

    [Fact]
    public void The_usual_child_is_not_rare_at_all()
    {
        Assert.Equal(0, Rate(History(("notepad.exe", 10_000)), "notepad.exe").Score, tolerance: 0.5);
    }

    [Fact]
    public void The_same_new_child_is_rarer_the_longer_its_parent_is_known()
    {
        var young = Rate(History(("notepad.exe", 3)), "mshta.exe");
        var old = Rate(History(("notepad.exe", 3000)), "mshta.exe");

        Assert.True(old.Surprise > young.Surprise + 1);
        Assert.True(old.Score >= young.Score);
    }

    [Fact]
    public void A_child_seen_once_is_rarer_under_a_busy_parent_than_under_one_that_starts_little_else()
    {
        var busy = Rate(History(("calc.exe", 1), ("notepad.exe", 5_000)), "calc.exe");
        var quiet = Rate(History(("calc.exe", 1)), "calc.exe");

        Assert.True(busy.Surprise > quiet.Surprise);
    }

    [Fact]
    public void A_parent_that_starts_anything_surprises_less_than_one_of_fixed_habits()
    {
        var anything = new ParentHistory("launcher.exe", [], HalfLife.Never);
        for (var i = 0; i < 20_000; i++) anything.Count($"n{i}.exe", Some.Time, 0);
        var settled = History(("notepad.exe", 20_000));

        Assert.True(Rate(anything, "mshta.exe").Surprise < Rate(settled, "mshta.exe").Surprise - 2);
    }

    [Fact]
    public void What_the_prior_knows_is_less_rare_before_anything_is_counted()
    {
        var empty = new ParentHistory("services.exe", [], HalfLife.Never);

        var known =
            RarityEstimator.Rate(empty, FleetParent.None, ParentClass.SystemService, "svchost.exe", Priors.Small, Priors.Small.Calibration);
        var unknown =
            RarityEstimator.Rate(empty, FleetParent.None, ParentClass.SystemService, "mshta.exe", Priors.Small, Priors.Small.Calibration);

        Assert.True(known.Surprise < unknown.Surprise - 2);
        Assert.Equal(1, known.PriorWeight);
    }

    [Fact]
    public void Rarity_stays_in_its_range_and_never_rises_with_the_count() =>
        Gen.Select(Gen.Int[0, 50], Gen.Int[0, 300], Gen.Int[0, 300], Gen.Int[1, 20]).Sample((count, usual, other, more) =>
        {
            var before = Rate(History(("a.exe", count), ("b.exe", usual), ("svchost.exe", other)), "a.exe");
            var after = Rate(History(("a.exe", count + more), ("b.exe", usual), ("svchost.exe", other)), "a.exe");
            return before.Score is >= 0 and <= 100
                && before.PriorWeight is >= 0 and <= 1
                && after.Surprise <= before.Surprise
                && after.Score <= before.Score;
        });

    [Fact]
    public void Surprise_is_what_the_formula_says()
    {
        var history = History(("svchost.exe", 7), ("notepad.exe", 2), ("odd.exe", 1));
        var prior = Priors.Small;
        var c = prior.Constants;

        var expected = 2 - c.Discount + c.Discount * c.Innovation * 4;
        Assert.Equal(
            -Math.Log10(expected) + c.HabitWeight * Math.Log10(11 / expected), Rate(history, "notepad.exe").Surprise, tolerance: 1e-9);

        expected = c.Discount * c.Innovation * 4 + prior.Expected(Lineage.Of("cmd.exe", "conhost.exe"), ParentClass.Shell);
        Assert.Equal(
            -Math.Log10(expected) + c.HabitWeight * Math.Log10(11 / expected), Rate(history, "conhost.exe").Surprise, tolerance: 1e-9);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0.1)]
    [InlineData(1.5, 0.0316)]
    [InlineData(2, 0.01)]
    [InlineData(9, 0.01)]
    public void The_calibration_table_is_read_between_its_points_and_never_beyond(double surprise, double share)
    {
        var calibration = new Calibration([new(0, 1), new(1, 0.1), new(2, 0.01)]);

        Assert.Equal(share, calibration.ShareAtLeast(surprise), tolerance: 0.0001);
    }

    [Fact]
    public void A_broken_calibration_table_is_refused() =>
        Assert.Throws<InvalidDataException>(() => new Calibration([new(0, 1), new(1, 0.1), new(2, 0.2)]));

    [Fact]
    public void Words_say_the_counts_and_the_share()
    {
        var rarity = new RarityRating
        {
            Score = 86.6,
            Surprise = 4,
            Share = 1 / 2903.0,
            Lineage = Lineage.Of("services.exe", "psexesvc.exe"),
            ChildCount = 3,
            ParentCount = 41_208,
            DistinctChildren = 212,
            PriorWeight = 0.01,
        };

        Assert.Equal(
            "services.exe had started psexesvc.exe in 3 of 41,208 launches (212 different programs). One launch in 2,900 is this unusual.",
            Changeling.Findings.Sentences.Of(rarity));
    }

    private static RarityRating Rate(ParentHistory history, string child) =>
        RarityEstimator.Rate(history, FleetParent.None, ParentClass.Shell, child, Priors.Small, Priors.Small.Calibration);

    private static ParentHistory History(params (string Child, int Launches)[] children) => new(
        "cmd.exe",
        children.Where(c => c.Launches > 0).Select(
            c => new CountRow(c.Child, new LaunchCount(c.Launches * LaunchCount.One.Units), 0, Some.Time, Some.Time)),
        HalfLife.Never);
}
