using System.Collections.Concurrent;
using System.Runtime.Intrinsics;

namespace Changeling.Scoring;

/// <summary>
/// Points between 0 and 1 with weights, over which the weighted sum of a polynomial is its mean (Gauss–Legendre): n points are exact up to
/// degree 2n − 1. Four points make a vector.
/// </summary>
internal sealed class MeanPoints
{
    private static readonly ConcurrentDictionary<int, MeanPoints> ByVectors = new();

    private MeanPoints(int vectors)
    {
        var width = Vector256<double>.Count;
        var points = new double[vectors * width];
        var weights = new double[points.Length];
        for (var i = 0; i < points.Length; i++) (points[i], weights[i]) = Point(points.Length, i);
        T = [.. points.Chunk(width).Select(c => Vector256.Create(c))];
        Rest = [.. points.Chunk(width).Select(c => Vector256<double>.One - Vector256.Create(c))];
        Weight = [.. weights.Chunk(width).Select(c => Vector256.Create(c))];
        WeightByRest = [.. Weight.Zip(Rest, (weight, rest) => weight / rest)];
    }

    /// <summary>The points, above 0 and below 1.</summary>
    public Vector256<double>[] T { get; }

    /// <summary>1 less each point.</summary>
    public Vector256<double>[] Rest { get; }

    /// <summary>The weights; their sum is 1.</summary>
    public Vector256<double>[] Weight { get; }

    /// <summary>The weights divided by <see cref="Rest"/>.</summary>
    public Vector256<double>[] WeightByRest { get; }

    /// <summary>Enough points for products of some factors that are linear in t.</summary>
    public static MeanPoints For(int factors) => ByVectors.GetOrAdd((Math.Max(factors, 1) + 7) / 8, vectors => new(vectors));

    /// <summary>A root of the Legendre polynomial of degree n, by Newton's method, moved from −1…1 to 0…1.</summary>
    private static (double Point, double Weight) Point(int n, int index)
    {
        var (x, slope) = (Math.Cos(Math.PI * (index + 0.75) / (n + 0.5)), 0.0);
        for (var step = 0; step < 20; step++)
        {
            var (value, before) = (x, 1.0);
            for (var k = 2; k <= n; k++) (value, before) = ((((2 * k) - 1) * x * value - ((k - 1) * before)) / k, value);
            slope = n * ((x * value) - before) / ((x * x) - 1);
            x -= value / slope;
        }

        return ((1 + x) / 2, 1 / ((1 - (x * x)) * slope * slope));
    }
}
