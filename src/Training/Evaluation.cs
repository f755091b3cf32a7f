using Changeling.Scoring;
namespace Changeling.Training;

/// <summary>Cuts held-out scores into the figures of a report.</summary>
internal sealed class Evaluation
{
    private readonly IReadOnlyList<HeldOutScore> _events;
    private readonly IReadOnlyList<HeldOutScore> _tuples;

    public Evaluation(IReadOnlyList<HeldOutScore> scores)
    {
        _events = scores;
        _tuples = [.. ByTuple(scores)];
    }

    /// <summary>One score a tuple and label: the mean of its rows.</summary>
    public IReadOnlyList<HeldOutScore> Tuples => _tuples;

    public RankingMetrics RecordedTuples => Of(_tuples.Where(IsStrong).Where(s => s.Row.IsRecorded));

    public RankingMetrics RecordedEvents => Of(_events.Where(IsStrong).Where(s => s.Row.IsRecorded));

    public RankingMetrics LookAlikes => Of(_tuples.Where(IsStrong).Where(s => IsAttack(s) ? s.Row.IsRecorded : s.Row.IsMade));

    public RankingMetrics AllOrdinary => Of(_tuples.Where(IsStrong).Where(s => s.Row.IsRecorded || !IsAttack(s)));

    public RankingMetrics WeakTuples => Of(_tuples.Where(s => s.Row.IsRecorded && (s.Row.IsWeak || !IsAttack(s))));

    public IReadOnlyDictionary<string, RankingMetrics> By(Func<CorpusRow, string> key) =>
        _events.Where(IsStrong).Where(s => s.Row.IsRecorded).GroupBy(s => key(s.Row)).OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => Of(ByTuple(g)));

    /// <summary>The margin that at most a share of the recorded ordinary tuples and at most a share of the made ones reach.</summary>
    /// <remarks>Wild rows have no say: there are too few, and they measure the threshold.</remarks>
    public double ThresholdAt(double recordedShare, double madeShare)
    {
        var margins = _tuples.Where(s => !IsAttack(s) && !s.Row.IsWild).ToLookup(s => s.Row.IsRecorded, s => s.Margin);
        return (margins.Contains(true), margins.Contains(false)) switch
        {
            (true, true) =>
                Math.Max(RankingMetrics.ThresholdAt(margins[true], recordedShare), RankingMetrics.ThresholdAt(margins[false], madeShare)),
            (_, false) => RankingMetrics.ThresholdAt(margins[true], recordedShare),
            _ => RankingMetrics.ThresholdAt(margins[false], madeShare),
        };
    }

    public IReadOnlyDictionary<string, double> SharesAbove(double margin) => _tuples
        .GroupBy(s => (IsAttack(s) ? s.Row.IsWeak ? "weak attack" : "attack" : "ordinary") + ", " + s.Row.Kind)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => (double)g.Count(s => s.Margin >= margin) / g.Count());

    public double CalibrationError(PlattCalibration calibration) =>
        CalibrationError(_tuples.Where(IsStrong).Select(s => (calibration.Probability(s.Margin), IsAttack(s))));

    /// <summary>
    /// Expected calibration error: how far stated probabilities are from frequencies, in ten equal bins, weighted by rows.
    /// </summary>
    public static double CalibrationError(IEnumerable<(double Probability, bool IsAttack)> judged)
    {
        var all = judged.Select(j => (P: j.Probability, Y: j.IsAttack ? 1.0 : 0)).ToList();
        return all.GroupBy(s => Math.Min(9, (int)(s.P * 10)))
            .Sum(bin => Math.Abs(bin.Average(s => s.P) - bin.Average(s => s.Y)) * bin.Count() / all.Count);
    }

    public static RankingMetrics Of(IEnumerable<HeldOutScore> scores) => RankingMetrics.Of(scores.Select(s => (s.Margin, IsAttack(s))));

    public static bool IsStrong(HeldOutScore score) => !score.Row.IsWeak;

    private static bool IsAttack(HeldOutScore score) => score.Row.Label == 1;

    private static IEnumerable<HeldOutScore> ByTuple(IEnumerable<HeldOutScore> scores) =>
        scores.GroupBy(s => (s.Row.TupleId, s.Row.Label, s.Row.Kind))
            .Select(g => new HeldOutScore(g.First().Row, g.Average(s => s.Margin)));
}
