namespace Changeling.Benchmarking.Measuring;

/// <summary>A figure of several repetitions.</summary>
/// <param name="Median">The middle value; of an even number of values the mean of the two.</param>
/// <param name="Least">The least value.</param>
/// <param name="Most">The largest value.</param>
public readonly record struct Figure(double Median, double Least, double Most)
{
    /// <summary>The figure of some values, at least one.</summary>
    public static Figure Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return new((sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2, sorted[0], sorted[^1]);
    }
}
