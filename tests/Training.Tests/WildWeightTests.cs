namespace Changeling.Training.Tests;

public class WildWeightTests
{
    [Theory]
    [InlineData(3, 7.8)]
    [InlineData(4, 10.4)]
    [InlineData(40, 10.4)]
    public void A_dataset_of_the_wild_weighs_as_much_as_four_recorded_tuples_at_most(int tuples, double weight)
    {
        var rows = Enumerable.Range(0, tuples).Select(i => Tiny.Rows[1] with
        {
            Role = CorpusRole.WildAttacks,
            Dataset = "incident",
            TupleId = $"wild{i}",
        });

        // Each tuple is trained as it is, with fields masked, and with 0.6 of its weight in another context.
        Assert.Equal(weight, TrainingSet.Build(rows, Tiny.Seed, ownRows: false).Sum(r => r.Weight), 1e-4);
    }

    [Fact]
    public void A_recording_is_not_limited() =>
        Assert.Equal(
            104,
            TrainingSet.Build(
                Enumerable.Range(0, 40).Select(i => Tiny.Rows[1] with { TupleId = $"recorded{i}" }),
                Tiny.Seed,
                ownRows: false).Sum(r => r.Weight),
            1e-4);

    [Fact]
    public void Wild_rows_do_not_move_the_threshold()
    {
        var ordinary = Tiny.Rows.Where(r => r.Label == 0).Select((r, i) => new HeldOutScore(r, i)).ToList();
        var wild = ordinary.Select(s => new HeldOutScore(s.Row with { Role = CorpusRole.WildOrdinary }, 1000));

        Assert.Equal(
            new Evaluation(ordinary).ThresholdAt(0.1, 0.1), new Evaluation([.. ordinary, .. wild]).ThresholdAt(0.1, 0.1));
    }
}
