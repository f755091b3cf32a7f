using Changeling.Features;
using Changeling.Scoring;
namespace Changeling.Training.Tests;

public class MlModelTests
{
    private static readonly MlModel Model = new(ModelPackage.Read(Tiny.Package));

    [Fact]
    public void Many_threads_get_the_same_predictions_as_one()
    {
        var expected = Tiny.Rows.Select(r => Model.Predict(r.Event)).ToList();

        Assert.All(
            Enumerable.Range(0, 8).AsParallel().Select(_ => Tiny.Rows.Select(r => Model.Predict(r.Event)).ToList()),
            actual => Assert.Equal(expected, actual));
    }

    [Fact]
    public void Reasons_come_strongest_first_and_no_more_than_asked()
    {
        var reasons = Model.Explain(Tiny.Row("winword.exe", "powershell.exe", "powershell -nop -w hidden -enc 77")).Reasons(4);

        Assert.InRange(reasons.Count, 1, 4);
        Assert.Equal(reasons.OrderByDescending(r => Math.Abs(r.Weight)), reasons);
        Assert.Contains(reasons, r => r.Weight > 0);
    }

    [Fact]
    public void All_reasons_together_make_the_prediction()
    {
        var e = Tiny.Rows[1].Event;

        var explained = Model.Explain(e);
        var sum = explained.Reasons(int.MaxValue).Sum(r => r.Weight) + explained.Expectation;

        Assert.Equal(Model.Predict(e).Probability, new PlattCalibration(1, 0).Probability(sum), 1e-9);
    }
}
