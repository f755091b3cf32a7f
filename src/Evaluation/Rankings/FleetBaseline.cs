using Changeling.Counts;
using Changeling.Features;
using Changeling.Pipeline;
using Changeling.Rarity;
using Changeling.Training;

namespace Changeling.Evaluation.Rankings;

/// <summary>
/// Recorded attacks above a simulated fleet. Launches are counted in order of time. Chains are placed one at a time at moments after hour
/// <see cref="RatedFromHour"/>, in recorded order, and do not change the fleet's counts.
/// </summary>
/// <param name="knowledge">The measures built without a fold, by fold.</param>
/// <param name="shipped">The shipped prior, for the product's own scale.</param>
internal sealed class FleetBaseline(IReadOnlyList<IReadOnlyList<IRarityMeasure>> knowledge, Prior shipped)
{
    /// <summary>Length of a simulated fleet.</summary>
    public const int Hours = 72;

    /// <summary>The hour from which launches are rated, when the fleet's counts are settled.</summary>
    public const int RatedFromHour = ScaleReport.FromHour;

    /// <summary>The learning period, after which the fleet's own calibration is filled.</summary>
    private const int LearningHours = 24;

    /// <summary>Moments at which each chain is placed.</summary>
    private const int Moments = 3;

    private const string AttackedHost = "attacked.host.example";
    private static readonly PipelineSettings Settings = new();

    private readonly CountedLaunches _counts = new(
        HalfLife.Of(Settings.HalfLifeDays), new HostLimit(Settings.LaunchesPerHostAndDay, Settings.HostLimitBelowPercent));
    private readonly List<Measured> _measured = [];
    private readonly SurpriseHistogram _surprises = new();
    private int _rated;
    private int _at50;
    private int _at75;

    /// <summary>Rates background and attacks.</summary>
    /// <param name="name">The name of the baseline in the report.</param>
    /// <param name="launches">The fleet.</param>
    /// <param name="start">Its start time.</param>
    /// <param name="chains">Attack rows of one recording each, in order.</param>
    /// <param name="probability">The probability from the model that was not trained on the row's recording.</param>
    /// <param name="cancellation">Stops the work.</param>
    public BaselineReport Measure(
        string name, SimulatedLaunches launches, DateTimeOffset start, IReadOnlyList<IReadOnlyList<CorpusRow>> chains,
        Func<CorpusRow, double> probability, CancellationToken cancellation)
    {
        var (learnt, ratedFrom) = (start.AddHours(LearningHours), start.AddHours(RatedFromHour));
        var calibration = new MeasuredCalibration(shipped.Calibration, _surprises, new SurpriseHistogram());
        var waiting = new Queue<(DateTimeOffset Time, IReadOnlyList<CorpusRow> Chain)>(
            Placements(chains, ratedFrom, start.AddHours(Hours)));
        var weights = chains.SelectMany(c => c)
            .CountBy(r => r.TupleId)
            .ToDictionary(t => t.Key, t => 1.0 / t.Value / Moments, StringComparer.Ordinal);
        foreach (var launch in launches.InOrder())
        {
            while (waiting.TryPeek(out var next) && next.Time <= launch.Time) Place(waiting.Dequeue(), probability, weights, cancellation);
            Take(launch, learnt, ratedFrom, calibration);
        }

        foreach (var late in waiting) Place(late, probability, weights, cancellation);
        return new BaselineReport(
            name, launches.Count, RarityGroups.Of(_measured, [.. knowledge[0].Select(m => m.Name)], sharedBackground: true))
        {
            Scale = new ScaleReport(_rated, Share(_at50), Share(_at75)),
        };
    }

    private double Share(int reached) => Math.Round((double)reached / Math.Max(1, _rated), 6);

    private static IEnumerable<(DateTimeOffset Time, IReadOnlyList<CorpusRow> Chain)> Placements(
        IReadOnlyList<IReadOnlyList<CorpusRow>> chains, DateTimeOffset first, DateTimeOffset last) =>
        from chain in chains
        from moment in Enumerable.Range(0, Moments)
        let time = first + ((last - first) * (StableHash.Of(chain[0].Dataset, $"moment {moment}") / (double)uint.MaxValue))
        orderby time
        select (time, chain);

    private void Take(FleetLaunch launch, DateTimeOffset learnt, DateTimeOffset ratedFrom, ICalibration calibration)
    {
        var day = new PartitionClock(launch.Time).Day;
        var history = _counts.Of(launch.Lineage.Parent);
        history.AdvanceTo(day);
        if (launch.Probability is { } probability)
        {
            var look = new Look(history, launch.ParentClass, launch.Lineage.Child);
            _measured.Add(
                new Measured(null, [.. knowledge[SimulatedLaunches.FoldOf(launch.Host)].Select(m => m.Surprise(look))], probability, 1));
        }

        double? surprise = launch.Time < learnt ? null : Rated(launch, history, calibration, launch.Time >= ratedFrom);
        var units = history.Units;
        history.Count(launch.Lineage.Child, launch.Time, day, launch.HostName);
        if (surprise is { } counted && history.Units != units) _surprises.Count(counted, day);
    }

    private double Rated(FleetLaunch launch, ParentHistory history, ICalibration calibration, bool isSettled)
    {
        var rarity = RarityEstimator.Rate(history, FleetParent.None, launch.ParentClass, launch.Lineage.Child, shipped, calibration);
        if (!isSettled) return rarity.Surprise;
        _rated++;
        if (rarity.Score >= 50) _at50++;
        if (rarity.Score >= 75) _at75++;
        return rarity.Surprise;
    }

    private void Place(
        (DateTimeOffset Time, IReadOnlyList<CorpusRow> Chain) placed,
        Func<CorpusRow, double> probability,
        Dictionary<string, double> weights,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var day = new PartitionClock(placed.Time).Day;
        var counts = _counts.Above();
        foreach (var row in placed.Chain)
        {
            var launch = RecordedBaseline.Launch(row);
            var history = counts.Of(launch.Lineage.Parent);
            history.AdvanceTo(day);
            var look = new Look(history, launch.ParentClass, launch.Lineage.Child);
            var measures = knowledge[CorpusFolds.Of(row.Dataset)];
            _measured.Add(new Measured(row, [.. measures.Select(m => m.Surprise(look))], probability(row), weights[row.TupleId]));
            history.Count(launch.Lineage.Child, placed.Time, day, AttackedHost);
        }
    }
}
