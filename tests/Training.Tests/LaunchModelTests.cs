using Changeling.Events;
using Changeling.Features;
using Changeling.Scoring;
using CsCheck;

namespace Changeling.Training.Tests;

/// <summary>A context raises a margin freely and lowers it within a bound.</summary>
public class LaunchModelTests
{
    private static readonly string[] Parents =
        ["explorer.exe", "winword.exe", "teamviewer_service.exe", "node.exe", "unknown.exe", "services.exe", "code.exe"];

    [Fact]
    public void Whatever_the_parent_the_margin_is_at_most_the_bound_below_that_of_the_act() =>
        Gen.Select(
            Gen.Int[0, Tiny.Rows.Count - 1].Select(i => Tiny.Rows[i]), Gen.Int[0, Parents.Length - 1].Select(i => Parents[i]),
            Gen.Double[0, 1], Gen.Double[0, 5]).Sample(
            (row, parent, share, bound) =>
            {
                var model = new LaunchModel(Tiny.Model.Whole, Tiny.Model.Act, new(share, bound));
                var features = FeatureExtractor.Extract(
                    row.Event with { Parent = new ParentProcess { Name = parent, Path = $@"C:\Program Files\Vendor\{parent}" } });

                var act = model.Margins(features.Spans).Act;

                Assert.Equal(model.Margins(FeatureExtractor.Extract(row.Event).Spans).Act, act, 1e-9);
                Assert.True(model.Margin(features.Spans) >= act - bound - 1e-9);
            },
            iter: 300);

    [Fact]
    public void The_trees_of_the_act_ask_for_nothing_else() =>
        Assert.All(Tiny.Model.Act.Trees.Feature, feature => Assert.True(feature < 0 || FeatureSchema.OfAct[feature]));

    [Fact]
    public void A_package_whose_act_reads_the_context_is_refused()
    {
        // The whole model's trees in the place of the act's.
        var bytes = ModelPackage.Write(Tiny.Manifest, new(Tiny.Model.Whole, Tiny.Model.Whole, Tiny.Model.Balance));

        Assert.Contains(
            "read features of the context", Assert.Throws<InvalidDataException>(() => ModelPackage.Read(bytes)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void All_reasons_and_the_expectation_sum_to_the_margin_in_either_case()
    {
        foreach (var balance in new ReadingBalance[] { new(0.5, 100), new(1, 100), new(1, 0) })
        {
            var model = new LaunchModel(Tiny.Model.Whole, Tiny.Model.Act, balance);
            foreach (var row in Tiny.Rows.Take(20))
            {
                var explained = new Explained(model, row.Event);
                Assert.Equal(explained.Margin, explained.Expectation + explained.Reasons(int.MaxValue).Sum(r => r.Weight), 1e-6);
            }
        }
    }
}
