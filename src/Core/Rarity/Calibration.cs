namespace Changeling.Rarity;

/// <summary>
/// The shipped table that converts a raw surprise into a share: the share of launches that are at least this surprising, measured on
/// simulated fleets after their learning period. Shares fall between the points log-linearly and stay at the last measured one beyond it.
/// So the table never returns a smaller share than was measured.
/// </summary>
public sealed class Calibration : ICalibration
{
    private readonly CalibrationPoint[] _points;
    private readonly double[] _surprises;
    private readonly double[] _logShares;

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
        _surprises = Array.ConvertAll(_points, p => p.Surprise);
        _logShares = Array.ConvertAll(_points, p => Math.Log(p.Share));
    }

    /// <summary>The points, by rising surprise.</summary>
    public IReadOnlyList<CalibrationPoint> Points => _points;

    /// <inheritdoc/>
    public double ShareAtLeast(double surprise)
    {
        if (surprise <= _points[0].Surprise) return _points[0].Share;
        if (surprise >= _points[^1].Surprise) return _points[^1].Share;

        // The first point at or above the surprise: the complement of what the search returns where there is no equal one.
        var found = Array.BinarySearch(_surprises, surprise);
        var right = found < 0 ? ~found : found;
        var (low, high) = (right - 1, right);
        var part = (surprise - _surprises[low]) / (_surprises[high] - _surprises[low]);
        return Math.Exp(_logShares[low] + part * (_logShares[high] - _logShares[low]));
    }
}

/// <summary>One measured point.</summary>
/// <param name="Surprise">As <c>Rarity.Surprise</c>.</param>
/// <param name="Share">Share of launches that are at least as surprising, above 0 and at most 1.</param>
public readonly record struct CalibrationPoint(double Surprise, double Share);
