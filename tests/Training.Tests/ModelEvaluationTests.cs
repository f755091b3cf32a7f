using Changeling.Scoring;
namespace Changeling.Training.Tests;

public class ModelEvaluationTests
{
    private static readonly EvaluationReport Report =
        ModelEvaluation.Run(
            new(ModelPackage.Read(Tiny.Package)), Rows(), resamples: 40, worst: 3, seed: 5, progress: null, CancellationToken.None);

    [Fact]
    public void Every_cut_has_its_figures()
    {
        Assert.Equal(["all", "format", "lineage", "repository", "rows", "technique"], Report.Groups.Select(g => g.By).Distinct().Order());
        Assert.Equal(["repository0", "repository1", "repository2"], Report.Groups.Where(g => g.By == "repository").Select(g => g.Name));
        Assert.Equal(["T1059"], Report.Groups.Where(g => g.By == "technique").Select(g => g.Name));
    }

    [Fact]
    public void Weak_rows_and_rows_without_a_label_are_left_out_and_counted()
    {
        var all = Report.Groups[0];

        Assert.Equal((200, 1, 4), (Report.Rows, Report.WithoutLabel, Report.Weak));
        Assert.Equal(Report.Rows - Report.WithoutLabel - Report.Weak, all.Events.Attacks + all.Events.Ordinary);
    }

    [Fact]
    public void An_interval_holds_the_figure_of_a_model_that_knows_the_rows()
    {
        var all = Report.Groups[0];

        Assert.True(all.RocAuc.Low <= all.Tuples.RocAuc && all.Tuples.RocAuc <= all.RocAuc.High, $"{all.RocAuc} {all.Tuples.RocAuc}");
        Assert.True(all.Tuples.RocAuc > 0.95);
    }

    [Fact]
    public void The_worst_come_first_and_in_full()
    {
        Assert.Equal(3, Report.WorstMisses.Count);
        Assert.Equal(Report.WorstMisses.OrderBy(r => r.Probability), Report.WorstMisses);
        Assert.Equal(Report.WorstFalseAlarms.OrderByDescending(r => r.Probability), Report.WorstFalseAlarms);
        Assert.All(Report.WorstMisses, r => Assert.NotEmpty(r.Reasons));
    }

    [Fact]
    public void A_field_that_no_row_has_costs_nothing() =>
        Assert.Equal(Report.Groups[0].Tuples.RocAuc, Report.WithoutFields["parent command line"], 1e-12);

    [Fact]
    public void The_same_seed_gives_the_same_intervals() =>
        Assert.Equal(
            Report.Groups[0],
            ModelEvaluation.Run(
                new(ModelPackage.Read(Tiny.Package)),
                Rows(),
                resamples: 40,
                worst: 0,
                seed: 5,
                progress: null,
                CancellationToken.None).Groups[0]);

    [Fact]
    public void Of_a_hundred_drawn_values_the_interval_leaves_out_the_outermost() =>
        Assert.Equal(new Interval(2, 97), Interval.Of(Enumerable.Range(0, 100).Select(i => (double)i).Append(double.NaN)));

    private static List<CorpusRow> Rows() =>
    [
        .. Tiny.Rows.Select((r, i) => r with
        {
            Label = i == 0 ? null : r.Label,
            Techniques = r.Label == 1 ? i < 20 ? ["T1059"] : i < 24 ? ["T1105"] : [] : [],
        }),
    ];
}
