namespace Changeling.Rarity;

/// <summary>
/// The shipped table that converts a raw surprise into a share: the share of launches that are at least this surprising, measured on
/// simulated fleets after their learning period. Shares fall between the points log-linearly and stay at the last measured one beyond it.
/// So the table never returns a smaller share than was measured.
/// </summary>
public sealed class Calibration : ICalibration
{
    private readonly CalibrationPoint[] _points;

    /// <summary>Creates a table.</summary>
    /// <param name="points">By rising surprise with falling shares; at least one.</param>
    /// <exception cref="InvalidDataException">No points, shares outside (0, 1], or not monotone.</exception>
    public Calibration(IEnumerable<CalibrationPoint> points)
    {
        _points = [.. points];
        if (_points.Length == 0) throw new InvalidDataException("calibration: at least one point is needed");
        if (_points.Any(p => p.Share is not (> 0 and <= 1) || !double.IsFinite(p.Surprise)))
            throw new InvalidDataException("calibration: shares must lie above 0 and at most at 1, surprises must be finite");
        if (_points.Zip(_points.Skip(1)).Any(p => p.Second.Surprise <= p.First.Surprise || p.Second.Share > p.First.Share))
            throw new InvalidDataException("calibration: surprise must rise and share must not");
    }

    /// <summary>The points, by rising surprise.</summary>
    public IReadOnlyList<CalibrationPoint> Points => _points;

    /// <inheritdoc/>
    public double ShareAtLeast(double surprise)
    {
        if (surprise <= _points[0].Surprise) return _points[0].Share;
        if (surprise >= _points[^1].Surprise) return _points[^1].Share;

        var right = Array.FindIndex(_points, p => p.Surprise >= surprise);
        var (low, high) = (_points[right - 1], _points[right]);
        var part = (surprise - low.Surprise) / (high.Surprise - low.Surprise);
        return Math.Exp(Math.Log(low.Share) + part * (Math.Log(high.Share) - Math.Log(low.Share)));
    }
}

/// <summary>One measured point.</summary>
/// <param name="Surprise">As <c>Rarity.Surprise</c>.</param>
/// <param name="Share">Share of launches that are at least as surprising, above 0 and at most 1.</param>
public readonly record struct CalibrationPoint(double Surprise, double Share);
