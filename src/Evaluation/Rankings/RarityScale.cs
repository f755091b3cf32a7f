namespace Changeling.Evaluation.Rankings;

/// <summary>
/// Converts a measure to the product's scale by the background that it is ranked against: 75 is one background launch in a thousand for
/// every measure.
/// </summary>
internal sealed class RarityScale
{
    private readonly double[] _scores;
    private readonly double[] _weightFrom;

    public RarityScale(IEnumerable<Measured> measured, int measure)
    {
        var background = measured.Where(m => !m.IsAttack)
            .Select(m => (Score: m.Surprises[measure], m.Weight))
            .OrderBy(s => s.Score)
            .ToArray();
        _scores = [.. background.Select(s => s.Score)];
        _weightFrom = new double[background.Length + 1];
        for (var i = background.Length - 1; i >= 0; i--) _weightFrom[i] = _weightFrom[i + 1] + background[i].Weight;
    }

    /// <summary>0–100.</summary>
    public double Of(double surprise)
    {
        var (low, high) = (0, _scores.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_scores[middle] < surprise) low = middle + 1;
            else high = middle;
        }

        return Math.Min(100, 25 * Math.Log10((_weightFrom[0] + 1) / (_weightFrom[low] + 1)));
    }
}
