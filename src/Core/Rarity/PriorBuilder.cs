using Changeling.Counts;

namespace Changeling.Rarity;

/// <summary>
/// Makes a prior: lineage counts from recorded benign launches and from pairs known to be ordinary, and the calibration table from
/// whole fleets in which the same estimator is at work. Recordings are too small and too short for the table; simulated fleets are too
/// artificial for the counts.
/// </summary>
public sealed class PriorBuilder(EstimatorConstants constants)
{
    /// <summary>Maximum number of points of the calibration table.</summary>
    private const int MaxPoints = 200;

    /// <summary>The smallest share in the table, because a simulated fleet is more regular than a real one.</summary>
    private const double LeastShare = 1 / 5_000.0;

    private const int SurpriseDigits = 3;

    /// <summary>Builds a prior and writes its file.</summary>
    /// <param name="recorded">Recorded benign launches.</param>
    /// <param name="ordinary">
    /// Pairs known to be ordinary, each once. A pair counts like one recording of it, or as recorded if that is more: knowledge fills
    /// gaps and does not outweigh recordings.
    /// </param>
    /// <param name="fleets">Fleets to measure the calibration table on, at least one launch after learning in all.</param>
    /// <param name="version">Version to write, <c>YYYY.M.n</c>.</param>
    /// <param name="json">The stream that the file is written to.</param>
    /// <exception cref="ArgumentException">There are no launches to count, or none to measure on.</exception>
    public void Write(
        IReadOnlyList<RecordedLaunch> recorded, IReadOnlyList<OrdinaryPair> ordinary, IEnumerable<CalibrationFleet> fleets, string version,
        Stream json)
    {
        if (recorded.Count == 0) throw new ArgumentException("a prior needs at least one recorded launch", nameof(recorded));

        var counts = Count(recorded, ordinary);
        var prior = new Prior("calibration", counts, constants, new Calibration([new(0, 1)]));
        var surprises = fleets.SelectMany(fleet => Surprises(fleet, prior)).ToList();
        if (surprises.Count == 0)
            throw new ArgumentException("a calibration table needs at least one launch after the learning time", nameof(fleets));

        PriorFile.Write(
            json, PriorFile.Document(version, counts, constants, new PriorCalibration(surprises.Count, [.. Points(surprises)])));
    }

    private static IEnumerable<double> Surprises(CalibrationFleet fleet, Prior prior)
    {
        var histories = new Dictionary<string, ParentHistory>(StringComparer.Ordinal);
        foreach (var (launch, i) in fleet.Launches.Select((launch, i) => (launch, i)))
        {
            var (parent, child) = launch.Lineage;
            if (!histories.TryGetValue(parent, out var history))
                histories[parent] = history = new ParentHistory(parent, [], HalfLife.Never);
            if (i >= fleet.Learning)
                yield return RarityEstimator.Rate(history, FleetParent.None, launch.ParentClass, child, prior, prior.Calibration).Surprise;
            history.Count(child, default, 0);
        }
    }

    /// <summary>Share of launches at least as surprising, with one unseen launch added so that no share is 0.</summary>
    private static IEnumerable<CalibrationPoint> Points(List<double> surprises)
    {
        double[] sorted = [.. surprises.Select(s => Math.Round(s, SurpriseDigits)).Order()];
        var step = Math.Log(sorted.Length + 1.0) / MaxPoints;
        var last = new CalibrationPoint(double.NegativeInfinity, double.MaxValue);
        for (var i = 0; i < sorted.Length; i++)
        {
            var share = (sorted.Length - i + 1.0) / (sorted.Length + 1.0);
            if (sorted[i] <= last.Surprise || Math.Log(last.Share / share) < step) continue;
            if (share <= LeastShare) break;
            yield return last = new CalibrationPoint(sorted[i], share);
        }

        var beyond = Math.Max(last.Surprise, sorted[^1]) + Math.Pow(10, -SurpriseDigits);
        yield return new CalibrationPoint(beyond, Math.Max(LeastShare, 1 / (sorted.Length + 1.0)));
    }

    private static PriorCounts Count(IReadOnlyList<RecordedLaunch> recorded, IReadOnlyList<OrdinaryPair> ordinary)
    {
        var counted = recorded.GroupBy(l => (l.Recording, l.Lineage, l.ParentClass))
            .Select(g => new Weighted(g.Key.Lineage, g.Key.ParentClass, Damped(g.Count())))
            .ToList();
        var inRecordings = counted.GroupBy(w => w.Lineage).ToDictionary(g => g.Key, g => g.Sum(w => w.Weight));
        var missing = ordinary
            .Select(p => new Weighted(p.Lineage, p.ParentClass, Damped(p.Launches) - inRecordings.GetValueOrDefault(p.Lineage)))
            .Where(w => w.Weight > 0);
        counted.AddRange(missing);
        return new PriorCounts(
            counted.GroupBy(w => w.Lineage.Parent, StringComparer.Ordinal).ToDictionary(g => g.Key, Sum, StringComparer.Ordinal),
            counted.GroupBy(w => w.ParentClass).ToDictionary(g => g.Key, Sum));
    }

    private static double Damped(int launches) => 1 + Math.Log(launches);

    private static IReadOnlyDictionary<string, double> Sum(IEnumerable<Weighted> launches) =>
        launches.GroupBy(l => l.Lineage.Child, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(l => l.Weight), StringComparer.Ordinal);

    private readonly record struct Weighted(Lineage Lineage, ParentClass ParentClass, double Weight);
}

/// <summary>One benign launch.</summary>
/// <param name="Recording">The recording that contains it.</param>
/// <param name="Lineage">The folded pair.</param>
/// <param name="ParentClass">The parent's class.</param>
public readonly record struct RecordedLaunch(string Recording, Lineage Lineage, ParentClass ParentClass);

/// <summary>A whole fleet's launches in time order.</summary>
/// <param name="Launches">All launches.</param>
/// <param name="Learning">How many of the first ones are counted but not measured.</param>
public sealed record CalibrationFleet(IEnumerable<RecordedLaunch> Launches, int Learning);
