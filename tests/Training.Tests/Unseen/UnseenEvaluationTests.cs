using System.Globalization;
using Changeling.Events;
using Changeling.Training.Unseen;

namespace Changeling.Training.Tests.Unseen;

/// <summary>The figures, with a model that reads its margin from the command line.</summary>
public class UnseenEvaluationTests
{
    [Fact]
    public void A_share_by_dataset_gives_each_dataset_the_same_weight_and_counts_a_tuple_once()
    {
        var tuples = new DatasetTuples(
        [
            Scored("big", "t1", 5), Scored("big", "t1", 5), Scored("big", "t2", 5), Scored("big", "t3", 5), Scored("small", "t4", -5),
        ]);

        Assert.Equal((2, 4), (tuples.Datasets, tuples.Count));
        Assert.Equal(0.5, tuples.ShareAbove(0));
        Assert.Equal(0.75, tuples.ShareOfTuplesAbove(0));
        Assert.Equal(0.5, tuples.DatasetsWithAnyAbove(0));
        Assert.Equal(double.NaN, new DatasetTuples([]).ShareAbove(0));
    }

    [Fact]
    public void The_area_by_dataset_is_the_chance_between_drawn_datasets()
    {
        var attacks = new DatasetTuples([Scored("a", "1", 3), Scored("a", "2", 3), Scored("a", "3", 3), Scored("b", "4", 1)]);
        var ordinary = new DatasetTuples([Scored("c", "5", 2), Scored("d", "6", 1), Scored("d", "7", 0)]);

        // a is above all; b is below c, and ties with half of d.
        Assert.Equal((1 + (0.5 * (0 + 0.75))) / 2, DatasetTuples.RocAuc(attacks, ordinary), 1e-12);
        Assert.Equal(double.NaN, DatasetTuples.RocAuc(attacks, new([])));
    }

    [Fact]
    public void The_wild_is_measured_without_what_only_one_class_has()
    {
        var seen = new List<ProcessEvent>();
        Measure(seen: seen);

        var wild = seen.Where(e => e.Child.CommandLine!.StartsWith("wild", StringComparison.Ordinal)).ToList();
        var blanked = wild.Where(e => e is
        {
            User: null, Child: { Integrity: null, Elevation: null }, Parent: null or { Path: null, CommandLine: null },
        });
        Assert.Equal(2 * wild.Count / 3, blanked.Count());
    }

    [Theory]
    [InlineData("recordings", "all recordings", "recall at the threshold, by recording", 0.5)]
    [InlineData("recordings", "all recordings", "ordinary above the threshold, by tuple", 0.01)]
    [InlineData("recordings", "look-alikes", "above the threshold, by dataset", 0)]
    [InlineData("wild", "attacks, with a parent", "recall at the threshold, by dataset", 0.75)]
    [InlineData("wild", "attacks, with a parent", "datasets with any launch found, at the threshold", 1)]
    [InlineData("wild", "attacks, with a parent", "recall at 1 % of ordinary, by dataset", 0.75)]
    [InlineData("wild", "attacks, without a parent", "recall at the threshold, by dataset", 1)]
    [InlineData("wild", "attacks, all", "recall at the threshold, by dataset", 0.75 + (0.25 / 3))]
    [InlineData("wild", "ordinary", "above the threshold, by dataset", 0)]
    [InlineData("wild", "administration", "above the threshold, by tuple", 1)]
    [InlineData("cases", "attacks", "above the threshold", 0.5)]
    [InlineData("cases", "attacks, loader", "above the threshold", 1)]
    [InlineData("cases", "benign", "above the threshold", 0)]
    [InlineData("lures", "own lures in unseen forms", "above the threshold", 1)]
    [InlineData("evasion", "all transforms", "falls below the threshold", 1.0 / 3)]
    [InlineData("evasion", "all transforms", "below the threshold, whatever the base", 0.5)]
    [InlineData("evasion", "parent", "falls below the threshold", 1)]
    [InlineData("form", "all forms", "moves by more than 0.1", 0)]
    public void Each_figure_counts_what_it_says(string part, string set, string measure, double expected)
    {
        var figure = Assert.Single(Measure().Figures, f => (f.Part, f.Set, f.Measure) == (part, set, measure));

        Assert.Equal(expected, figure.Value, 1e-12);
    }

    [Fact]
    public void Rows_are_quoted_only_when_asked_for()
    {
        Assert.Empty(Measure().Worst);

        var worst = Measure(worst: 1).Worst;

        Assert.Equal(8, worst.Count);
        Assert.Equal("recorded -20", Assert.Single(worst[0].Rows).Event.Child.CommandLine);
    }

    [Fact]
    public void A_form_that_moves_the_probability_is_counted()
    {
        var loud = Measure(whole: e => e.Child.CommandLine!.Contains("   ", StringComparison.Ordinal) ? 9 : -9).Figures;

        Assert.Equal(1, Assert.Single(loud, f => f is { Part: "form", Set: "three blanks for one" }).Value);
        Assert.Equal(0, Assert.Single(loud, f => f is { Part: "form", Set: "command line in upper case" }).Value);
    }

    private static UnseenReport Measure(int worst = 0, List<ProcessEvent>? seen = null, Func<ProcessEvent, double>? whole = null)
    {
        var gate = new Lock();
        List<CorpusRow> rows =
        [
            .. Enumerable.Range(0, 200).Select(i => Row(CorpusRole.Recorded, 0, "lab", Line("recorded", -9 + (i / 1000.0)), $"o{i}")),
            Row(CorpusRole.Recorded, 1, "lab1", "recorded 5", "a1"), Row(CorpusRole.Recorded, 1, "lab2", "recorded -20", "a2"),
            .. Enumerable.Range(0, 60).Select(i => Row(CorpusRole.BenignSynthetic, 0, "rule", Line("made", -10 + (i / 1000.0)), $"l{i}")),
            Row(CorpusRole.WildAttacks, 1, "incident1", "wild 5", "w1"), Row(CorpusRole.WildAttacks, 1, "incident1", "wild -10", "w2"),
            Row(CorpusRole.WildAttacks, 1, "incident2", "wild 5", "w3"),
            WithoutParent(Row(CorpusRole.WildAttacks, 1, "incident1", "wild 6", "w4")),
            WithoutParent(Row(CorpusRole.WildAttacks, 1, "incident2", "wild 6", "w5")),
            Row(CorpusRole.WildOrdinary, 0, "machine", "wild -9", "w6"), Row(CorpusRole.WildAdministration, 0, "script", "wild 5", "w7"),
        ];
        var models = new UnseenModels(
            [
                new(rows, e =>
                {
                    lock (gate) seen?.Add(e);
                    return MarginOf(e);
                }),
            ],
            whole ?? MarginOf);
        return UnseenEvaluation.Measure(models, Cases(), new UnseenOptions { Worst = worst }, CancellationToken.None);
    }

    private static LaunchCases Cases() => new(
        [Case("at-1", "loader", 1, "case 5"), Case("at-2", "lateral", 1, "case -9"), Case("at-3", "lateral", null, "case 5")],
        [Case("bn-1", "admin", 0, "case -9")],
        [
            Case("ev-1", "text", 1, "case 5", "at-1", "text"), Case("ev-2", "parent", 1, "case -9", "at-1", "parent"),
            Case("ev-5", "base", 1, "case 5", "at-9", "(none)"), Case("ev-6", "text", 1, "case 6", "at-9", "text"),
            Case("ev-3", "text", 1, "case -9", "unknown", "text"), Case("ev-4", "text", null, "case -9", "at-1", "text"),
        ]);

    private static LaunchCase Case(
        string id, string kind, int? label, string commandLine, string? original = null, string? transform = null) =>
        new(id, kind, label, Tiny.Row("explorer.exe", "tool.exe", commandLine), original, transform);

    /// <summary>The last word of the command line. Lures end in something else: all of them are found.</summary>
    private static double MarginOf(ProcessEvent e) => double.TryParse(
        e.Child.CommandLine!.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1], CultureInfo.InvariantCulture, out var margin)
        ? margin
        : 5;

    private static HeldOutScore Scored(string dataset, string tuple, double margin) =>
        new(Row(CorpusRole.Recorded, 1, dataset, "x", tuple), margin);

    private static CorpusRow WithoutParent(CorpusRow row) => row with { Event = row.Event with { Parent = null } };

    private static string Line(string name, double margin) => FormattableString.Invariant($"{name} {margin:0.000}");

    private static CorpusRow Row(CorpusRole role, int label, string dataset, string commandLine, string tuple) => Tiny.Rows[0] with
    {
        Role = role,
        Label = label,
        Dataset = dataset,
        TupleId = tuple,
        Event = Tiny.Row("explorer.exe", "tool.exe", commandLine),
    };
}
