namespace Changeling.Baseline;

/// <summary>
/// Makes a prior from recorded benign launches. The calibration table is measured on recordings that its prior has not seen:
/// each group of recordings is replayed, launch by launch, through an empty baseline above a prior made of the other groups.
/// </summary>
public sealed class PriorBuilder(EstimatorConstants constants)
{
    /// <summary>Groups of recordings for the calibration.</summary>
    private const int Groups = 5;

    /// <summary>Most points of the calibration table.</summary>
    private const int MaxPoints = 200;

    private const int SurpriseDigits = 4;

    /// <summary>Builds a prior and writes its file.</summary>
    /// <param name="launches">Recorded benign launches, in time order within each recording; never simulated ones.</param>
    /// <param name="version">Version to write, <c>YYYY.M.n</c>.</param>
    /// <param name="json">Where the file goes.</param>
    /// <exception cref="ArgumentException">No launches.</exception>
    public void Write(IReadOnlyList<RecordedLaunch> launches, string version, Stream json)
    {
        if (launches.Count == 0) throw new ArgumentException("a prior needs at least one launch", nameof(launches));

        var surprises = Replay(launches);
        var calibration = new PriorCalibration(
            surprises.Count, launches.Select(l => l.Recording).Distinct(StringComparer.Ordinal).Count(), [.. Points(surprises)]);
        PriorFile.Write(json, PriorFile.Document(version, Count(launches), constants, calibration));
    }

    private List<double> Replay(IReadOnlyList<RecordedLaunch> launches)
    {
        var groups = launches.Select(l => l.Recording).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select((recording, i) => (recording, Group: i % Groups))
            .ToDictionary(x => x.recording, x => x.Group, StringComparer.Ordinal);

        var surprises = new List<double>(launches.Count);
        for (var group = 0; group < Groups; group++)
        {
            var others = launches.Where(l => groups[l.Recording] != group).ToList();
            var unseen = launches.Where(l => groups[l.Recording] == group).ToList();
            if (others.Count == 0 || unseen.Count == 0) continue;

            var prior = new Prior("calibration", Count(others), constants, new Calibration([new(0, 1)]));
            foreach (var recording in unseen.GroupBy(l => l.Recording, StringComparer.Ordinal)) surprises.AddRange(Surprises(recording, prior));
        }

        return surprises;
    }

    private static IEnumerable<double> Surprises(IEnumerable<RecordedLaunch> recording, Prior prior)
    {
        var histories = new Dictionary<string, ParentHistory>(StringComparer.Ordinal);
        foreach (var launch in recording)
        {
            if (!histories.TryGetValue(launch.Lineage.Parent, out var history))
                histories[launch.Lineage.Parent] = history = new ParentHistory(launch.Lineage.Parent, [], HalfLife.Never);
            yield return -Math.Log10(RarityEstimator.Rate(history, launch.ParentClass, launch.Lineage.Child, prior).PValue);
            history.Count(launch.Lineage.Child, default, 0);
        }
    }

    /// <summary>Share of launches at least as surprising, with one unseen launch added so that no share is 0.</summary>
    private static IEnumerable<CalibrationPoint> Points(List<double> surprises)
    {
        double[] sorted = [.. surprises.Select(s => Math.Max(0, Math.Round(s, SurpriseDigits))).Order()];
        var last = new CalibrationPoint(double.NegativeInfinity, 2);
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i] <= last.Surprise) continue;

            // Dense in the tail, where one launch more or less matters; elsewhere a point for each few per cent.
            var share = (sorted.Length - i + 1.0) / (sorted.Length + 1.0);
            if (i < sorted.Length - MaxPoints / 2 && Math.Log(last.Share / share) < 8.0 / MaxPoints) continue;
            yield return last = new CalibrationPoint(sorted[i], share);
        }

        yield return new CalibrationPoint(Math.Max(0, last.Surprise) + Math.Pow(10, -SurpriseDigits), 1 / (sorted.Length + 1.0));
    }

    private static PriorCounts Count(IEnumerable<RecordedLaunch> launches)
    {
        var damped = launches.GroupBy(l => (l.Recording, l.Lineage, l.ParentClass))
            .Select(g => (g.Key.Lineage, g.Key.ParentClass, Weight: 1 + Math.Log(g.Count())))
            .ToList();
        return new PriorCounts(
            damped.GroupBy(l => l.Lineage.Parent, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => (IReadOnlyDictionary<string, double>)Sum(g.Select(l => (l.Lineage.Child, l.Weight))), StringComparer.Ordinal),
            damped.GroupBy(l => l.ParentClass).ToDictionary(g => g.Key, g => (IReadOnlyDictionary<string, double>)Sum(g.Select(l => (l.Lineage.Child, l.Weight)))),
            Sum(damped.Select(l => (l.Lineage.Child, l.Weight))));
    }

    private static Dictionary<string, double> Sum(IEnumerable<(string Child, double Weight)> launches) =>
        launches.GroupBy(l => l.Child, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(l => l.Weight), StringComparer.Ordinal);
}

/// <summary>One recorded benign launch.</summary>
/// <param name="Recording">The recording that it is from; a group of the calibration holds whole recordings.</param>
/// <param name="Lineage">The folded pair.</param>
/// <param name="ParentClass">The parent's class.</param>
public readonly record struct RecordedLaunch(string Recording, Lineage Lineage, ParentClass ParentClass);
