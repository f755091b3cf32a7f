namespace Changeling.Scoring;

/// <summary>
/// The linear models of both readings side by side: most buckets of a launch are of the act, and each is looked up once for both.
/// </summary>
internal sealed class LinearPair
{
    private readonly (double Whole, double Act) _bias;
    private readonly (float Whole, float Act)[] _weights;

    /// <summary>Joins two models of the same buckets.</summary>
    public LinearPair(LinearModel whole, LinearModel act) =>
        (_bias, _weights) = ((whole.Bias, act.Bias), [.. whole.Weights.Zip(act.Weights)]);

    /// <summary>The margins, in log-odds.</summary>
    /// <param name="actGrams">The buckets of the act, which both read.</param>
    /// <param name="contextGrams">The other buckets, which only the whole reads.</param>
    public (double Whole, double Act) Margins(ReadOnlySpan<int> actGrams, ReadOnlySpan<int> contextGrams)
    {
        var (whole, act) = _bias;
        foreach (var gram in actGrams)
        {
            ref readonly var weights = ref _weights[gram];
            whole += weights.Whole;
            act += weights.Act;
        }

        foreach (var gram in contextGrams) whole += _weights[gram].Whole;
        return (whole, act);
    }
}
