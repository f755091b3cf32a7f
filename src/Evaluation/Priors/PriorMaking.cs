using Changeling.Counts;
using Changeling.Events;
using Changeling.Rarity;
using Changeling.Simulation;
using Changeling.Training;

namespace Changeling.Evaluation.Priors;

/// <summary>
/// Makes <c>prior.json</c>: lineage counts from recordings and <see cref="CommonParents"/>, the calibration table from simulated fleets.
/// </summary>
public static class PriorMaking
{
    /// <summary>The fold kept out of the prior, so that rarity can be measured on it.</summary>
    private const int TestFold = 0;

    /// <summary>Seeds of the fleets behind the calibration table.</summary>
    private static readonly int[] Seeds = [101, 102, 103];

    private const int Hosts = 60;
    private const int Hours = 72;
    private const int LearningHours = 24;

    /// <summary>Writes a prior. This takes some minutes.</summary>
    /// <param name="launches">The recorded launches that it counts.</param>
    /// <param name="version">Version to write into the prior.</param>
    /// <param name="target">Output file.</param>
    /// <param name="cancellationToken">Cancels before the work begins.</param>
    public static Task WriteAsync(
        IReadOnlyList<RecordedLaunch> launches, string version, Stream target, CancellationToken cancellationToken) =>
        Task.Run(
            () => new PriorBuilder(new EstimatorConstants()).Write(launches, CommonParents.Pairs, Seeds.Select(Fleet), version, target),
            cancellationToken);

    /// <summary>Recorded benign launches outside the test fold, in time order; never simulated or made-up ones.</summary>
    public static IReadOnlyList<RecordedLaunch> RecordedLaunches(string folder) =>
    [
        .. CorpusData.Load(folder)
            .Where(row => row is { IsRecorded: true, Label: 0, Event.Parent: not null } && CorpusFolds.Of(row.Dataset) != TestFold)
            .OrderBy(row => row.Dataset, StringComparer.Ordinal).ThenBy(row => row.Time)
            .Select(row => Launch(row.Dataset, row.Event)),
    ];

    private static CalibrationFleet Fleet(int seed)
    {
        var events = FleetSimulator.Run(new SimulationOptions { Hosts = Hosts, Hours = Hours, Seed = seed, Attacks = 0 });
        var learnt = events.Min(e => e.Event.Time).AddHours(LearningHours);
        return new CalibrationFleet(
            events.Where(e => e.Event.Parent is not null).Select(e => Launch("fleet", e.Event)),
            events.Count(e => e.Event.Parent is not null && e.Event.Time < learnt));
    }

    /// <summary>A process event with a parent as the prior counts it.</summary>
    internal static RecordedLaunch Launch(string recording, ProcessEvent e)
    {
        var lineage = Lineage.Of(e.Parent!.Name, e.Child.Name);
        return new RecordedLaunch(recording, lineage, ParentClassifier.Classify(lineage.Parent, e.Parent.Path));
    }
}
