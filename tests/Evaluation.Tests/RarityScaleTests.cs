using Changeling.Evaluation.Rankings;

namespace Changeling.Evaluation.Tests;

public sealed class RarityScaleTests
{
    [Fact]
    public void Seventy_five_is_what_one_background_launch_in_a_thousand_reaches()
    {
        var scale = new RarityScale(Enumerable.Range(1, 1_000).Select(i => new Measured(null, [i], double.NaN, 1)), measure: 0);

        Assert.Equal(75, scale.Of(1_001), 0.02);
        Assert.Equal(67.5, scale.Of(1_000), 0.1);
        Assert.Equal(0, scale.Of(0));
    }
}
