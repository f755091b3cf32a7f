using Changeling.Counts;
using Changeling.Events;
using Changeling.Rarity;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.Core.Tests.Rarity;

public class FleetViewTests
{
    /// <summary>As many as an Event Hubs Standard namespace has.</summary>
    private const int Partitions = 32;

    private static readonly string[] Children = ["a.exe", "b.exe", "c.exe", "d.exe"];

    [Fact]
    public void Rarity_does_not_depend_on_how_launches_are_spread_over_partitions() =>
        Gen.Select(Gen.Int[0, Partitions - 1], Gen.Int[0, 3].Select(i => Children[i])).List[0, 80].Sample(launches =>
        {
            var one = new ParentHistory("p.exe", [], HalfLife.Never);
            var spread = Enumerable.Range(0, Partitions).Select(_ => new ParentHistory("p.exe", [], HalfLife.Never)).ToList();
            foreach (var (partition, child) in launches)
            {
                one.Count(child, Some.Time, 0);
                spread[partition].Count(child, Some.Time, 0);
            }

            var view = FleetView.Of(spread.Select((history, i) => Snapshot(i, history)), HalfLife.Never);
            foreach (var child in Children.Append("never.exe"))
            {
                var whole = Rate(one, FleetParent.None, child);
                foreach (var (own, i) in spread.Select((own, i) => (own, i)))
                {
                    var part = Rate(own, view.Without(Partition(i)).Of("p.exe"), child);
                    Assert.Equal(whole.Surprise, part.Surprise, tolerance: 1e-9);
                    Assert.Equal(whole.Score, part.Score, tolerance: 0.5);
                    Assert.Equal(
                        (whole.ChildCount, whole.ParentCount, whole.DistinctChildren),
                        (part.ChildCount, part.ParentCount, part.DistinctChildren));
                }
            }
        });

    [Fact]
    public void Ones_own_old_snapshot_is_not_counted_beside_the_exact_counts()
    {
        var own = History(("a.exe", 5));
        var view = FleetView.Of([Snapshot(0, own), Snapshot(1, History(("a.exe", 2)))], HalfLife.Never);
        own.Count("a.exe", Some.Time, 0);

        Assert.Equal(8, Rate(own, view.Without(Partition(0)).Of("p.exe"), "a.exe").ChildCount);
    }

    [Fact]
    public void Older_snapshots_are_decayed_to_the_newest_day()
    {
        var old = new ParentHistory("p.exe", [], new HalfLife(30));
        old.Count("a.exe", Some.Time, day: 100);
        var young = new ParentHistory("p.exe", [], new HalfLife(30));
        young.Count("b.exe", Some.Time, day: 130);

        var view = FleetView.Of([Snapshot(0, old), Snapshot(1, young)], new HalfLife(30));

        Assert.Equal(0.5, view.Without(Partition(2)).Of("p.exe").Find("a.exe")!.Value.Launches.Launches, tolerance: 0.001);
    }

    [Fact]
    public void What_surprised_the_others_calibrates_here()
    {
        var surprises = new SurpriseHistogram();
        for (var i = 0; i < 10; i++) surprises.Count(3, day: 1);
        var view = FleetView.Of([Snapshot(0, History()) with { Surprises = surprises.ToText() }], HalfLife.Never);

        Assert.Equal(0, view.Without(Partition(0)).Surprises.Total);
        Assert.Equal(10, view.Without(Partition(1)).Surprises.AtLeast(3));
    }

    [Fact]
    public void A_snapshot_comes_back_from_its_file()
    {
        var history = History(("a.exe", 5), ("b.exe", 1));
        var snapshot = Snapshot(3, history) with
        {
            Position = new Position(2, 77, 5),
            Surprises = "AQE",
            Occurrences = new OccurrenceSnapshot(
                new Dictionary<string, ulong[]> { ["a.exe"] = [7, ulong.MaxValue] }, new Dictionary<string, ulong[]>()),
        };

        var back = SnapshotFile.Read(new MemoryStream(SnapshotFile.Write(snapshot)));

        Assert.Equal(snapshot with { Parents = back.Parents, Occurrences = back.Occurrences }, back);
        Assert.Equivalent(snapshot.Occurrences, back.Occurrences, strict: true);
        var (parent, rows) = Assert.Single(back.Parents);
        Assert.Equal("p.exe", parent);
        Assert.True(rows.IsExact);
        Assert.Equal(history.Rows, rows.Rows);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no gzip")]
    public void Bytes_that_are_no_snapshot_are_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => SnapshotFile.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))));

    private static EventPartition Partition(int i) => new("telemetry", i.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static PartitionSnapshot Snapshot(int i, ParentHistory history) => new()
    {
        Partition = Partition(i),
        Version = "1",
        Position = new Position(0, 1, 0),
        Clock = Some.Time,
        Surprises = "",
        Parents = new Dictionary<string, ParentSnapshot> { [history.Parent] = new([.. history.Rows], IsExact: true) },
    };

    private static RarityRating Rate(ParentHistory history, FleetParent others, string child) =>
        RarityEstimator.Rate(history, others, ParentClass.Program, child, Priors.Small, Priors.Small.Calibration);

    private static ParentHistory History(params (string Child, int Launches)[] children)
    {
        var history = new ParentHistory("p.exe", [], HalfLife.Never);
        foreach (var (child, launches) in children)
        {
            for (var i = 0; i < launches; i++) history.Count(child, Some.Time, 0);
        }

        return history;
    }
}
