using Changeling.Baseline;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.Core.Tests.Baseline;

public class RarityTests
{
    [Fact]
    public void A_child_never_seen_before_is_rarer_than_one_seen_once()
    {
        var history = History(("notepad.exe", 200), ("calc.exe", 1));

        Assert.True(Rate(history, "mshta.exe").PValue < Rate(history, "calc.exe").PValue);
        Assert.True(Rate(history, "calc.exe").PValue < Rate(history, "notepad.exe").PValue);
    }

    [Fact]
    public void The_usual_child_is_not_rare_at_all()
    {
        Assert.Equal(0, Rate(History(("notepad.exe", 1000)), "notepad.exe").Score, tolerance: 0.5);
    }

    [Fact]
    public void The_same_new_child_is_rarer_the_longer_its_parent_is_known()
    {
        var young = Rate(History(("notepad.exe", 3)), "mshta.exe");
        var old = Rate(History(("notepad.exe", 3000)), "mshta.exe");

        Assert.True(old.PValue < young.PValue / 100);
        Assert.True(old.Score >= young.Score);
        Assert.True(old.PriorWeight < 0.01 && young.PriorWeight > 0.5);
    }

    [Fact]
    public void A_parent_that_starts_anything_surprises_nobody()
    {
        var anything = new ParentHistory("launcher.exe", [], HalfLife.Never);
        for (var i = 0; i < 20_000; i++) anything.Count($"n{i}.exe", Some.Time, 0);
        var settled = History(("notepad.exe", 20_000));

        // All but the prior's own tail: what is new under such a parent is as likely as the prior has it.
        Assert.True(Rate(anything, "mshta.exe").PValue > 0.95 * Priors.Small.Of("launcher.exe", ParentClass.Shell).Tail);
        Assert.True(Rate(settled, "mshta.exe").PValue < 0.001);
    }

    [Fact]
    public void Rarity_stays_in_its_range_and_the_p_value_never_falls_with_the_count() =>
        Gen.Select(Gen.Int[0, 50], Gen.Int[0, 300], Gen.Int[0, 300], Gen.Int[1, 20]).Sample((count, usual, other, more) =>
        {
            var before = Rate(History(("a.exe", count), ("b.exe", usual), ("svchost.exe", other)), "a.exe");
            var after = Rate(History(("a.exe", count + more), ("b.exe", usual), ("svchost.exe", other)), "a.exe");
            return before.Score is >= 0 and <= 100 && before.PValue is > 0 and <= 1 && after.PValue >= before.PValue * (1 - 1e-9);
        });

    [Fact]
    public void The_p_value_is_the_mass_of_everything_at_most_as_likely()
    {
        // By the formula, name by name: the look-up by sorted sums must give the same.
        var history = History(("svchost.exe", 7), ("notepad.exe", 2), ("odd.exe", 1));
        var prior = Priors.Small;
        var q = prior.Of("cmd.exe", ParentClass.Shell);
        var (d, strength) = prior.Constants;
        const double Launches = 10;
        var spread = (strength + 3 * d) / (Launches + strength);
        double P(string child) => Math.Max((history.Find(child)?.Count.Launches ?? 0) - d, 0) / (Launches + strength) + spread * q.Of(child);
        string[] names = [.. q.Names.Union(["svchost.exe", "notepad.exe", "odd.exe"])];

        foreach (var child in names)
        {
            var expected = spread * q.Tail + names.Where(n => P(n) <= P(child) * (1 + 1e-9)).Sum(P);
            Assert.Equal(Math.Min(1, expected), Rate(history, child).PValue, tolerance: 1e-9);
        }

        Assert.Equal(spread * q.Tail, Rate(history, "never.exe").PValue, tolerance: 1e-12);
        Assert.Equal(1, names.Sum(P) + spread * q.Tail, tolerance: 1e-9);
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
        var rarity = new Rarity
        {
            Score = 86.6,
            PValue = 0.0001,
            Share = 1 / 2903.0,
            Lineage = Lineage.Of("services.exe", "psexesvc.exe"),
            ChildCount = 3,
            ParentCount = 41_208,
            DistinctChildren = 212,
            PriorWeight = 0.01,
        };

        Assert.Equal(
            "3 of 41,208 launches by services.exe were psexesvc.exe; 212 distinct children; one launch in 2,900 is this unusual.",
            Changeling.Rules.Sentences.Of(rarity));
    }

    private static Rarity Rate(ParentHistory history, string child) =>
        RarityEstimator.Rate(history, ParentClass.Shell, child, Priors.Small);

    private static ParentHistory History(params (string Child, int Launches)[] children) => new(
        "cmd.exe",
        children.Where(c => c.Launches > 0).Select(c => new LaunchRow(c.Child, new LaunchCount(c.Launches * LaunchCount.One.Units), 0, Some.Time, Some.Time)),
        HalfLife.Never);
}
