using Changeling.Evaluation.Rankings;
using Changeling.Events;
using Changeling.Features;
using Changeling.Rarity;
using Changeling.Scoring;
using Changeling.Simulation;
using Changeling.Training;

namespace Changeling.Evaluation;

/// <summary>Ranks recorded events by every measure above every baseline. The same corpus, options and model give the same result.</summary>
/// <param name="corpus">All rows of the corpus.</param>
/// <param name="options">What to rank.</param>
/// <param name="shipped">The shipped prior, for the product's own scale.</param>
public sealed class RarityEvaluation(IReadOnlyList<CorpusRow> corpus, RarityOptions options, Prior shipped)
{
    /// <summary>The same seed as in <c>train</c>.</summary>
    private const int TrainingSeed = 7;

    private readonly List<CorpusRow> _recorded = [.. corpus.Where(r => r is { IsRecorded: true, Label: not null, Event.Parent: not null })];

    /// <summary>Runs everything.</summary>
    /// <param name="package">
    /// A package that was not trained on the fold; <see langword="null"/> trains one for each fold, or uses no model.
    /// </param>
    /// <param name="progress">Receives the current step and its progress.</param>
    /// <param name="cancellation">Stops between launches.</param>
    /// <exception cref="InvalidDataException">The corpus has nothing to rank, or nothing to rank it against.</exception>
    public RarityReport Run(MlModel? package, IProgress<RarityProgress> progress, CancellationToken cancellation)
    {
        if (!_recorded.Exists(r => r.Label == 1 && IsRanked(r)))
            throw new InvalidDataException(
                "the corpus has no recorded attack with a parent to rank; pass a folder with recorded.jsonl.gz to --data, or another --fold.");
        if (!_recorded.Exists(r => r.Label == 0))
            throw new InvalidDataException(
                "the corpus has no recorded background to rank against; pass a folder with recorded.jsonl.gz to --data.");
        progress.Report(new(package is null && !options.IsAlone ? "training a model for each fold" : "reading the corpus", 0));
        var (name, probability) = ModelOf(package, cancellation);
        progress.Report(new("recordings above other repositories", 0));
        var baselines = new List<BaselineReport>
        {
            RecordedBaseline.Measure(_recorded, IsRanked, r => probability(CorpusFolds.Of(r.Dataset), r.Event)),
        };
        if (options.Fleets.Count > 0)
        {
            List<IReadOnlyList<IRarityMeasure>> knowledge = [.. Enumerable.Range(0, CorpusFolds.Count).Select(Without)];
            foreach (var hosts in options.Fleets) baselines.Add(Fleet(hosts, knowledge, probability, progress, cancellation));
        }

        return new RarityReport(name, options.Fold, baselines);
    }

    private BaselineReport Fleet(
        int hosts, IReadOnlyList<IReadOnlyList<IRarityMeasure>> knowledge, Func<int, ProcessEvent, double> probability,
        IProgress<RarityProgress> progress, CancellationToken cancellation)
    {
        var fleet = new SimulationOptions
        {
            Hosts = hosts,
            Hours = FleetBaseline.Hours,
            Seed = options.Seed,
            Attacks = 0,
            Format = SimulationOptions.MixedFormats,
        };
        var done = 0;
        var launches = SimulatedLaunches.Of(
            fleet, fleet.Start.AddHours(FleetBaseline.RatedFromHour), probability, () =>
                progress.Report(new($"simulating {hosts:N0} hosts", (double)++done / hosts)), cancellation);
        progress.Report(new($"rating {launches.Count:N0} launches", 0));
        List<IReadOnlyList<CorpusRow>> chains =
        [
            .. _recorded.Where(r => r.Label == 1 && IsRanked(r)).GroupBy(r => r.Dataset, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal).Select(RecordedBaseline.InOrder),
        ];
        return new FleetBaseline(knowledge, shipped).Measure(
            $"simulated fleet of {hosts} hosts", launches, fleet.Start, chains, r =>
                probability(CorpusFolds.Of(r.Dataset), r.Event), cancellation);
    }

    private (string? Name, Func<int, ProcessEvent, double> Probability) ModelOf(MlModel? package, CancellationToken cancellation)
    {
        if (package is not null)
            return ($"{package.Identity.Version} ({package.Identity.Sha256[..12]})", (_, e) => package.Predict(e).Probability);
        if (options.IsAlone) return (null, (_, _) => double.NaN);
        var models = FoldModels.Fit(corpus, TrainingSeed, cancellation);
        return ("one for each fold, trained without it", models.Probability);
    }

    /// <summary>The measures with the recorded background outside a fold.</summary>
    private IReadOnlyList<IRarityMeasure> Without(int fold) =>
        Measures.Of([.. _recorded.Where(r => r.Label == 0 && CorpusFolds.Of(r.Dataset) != fold).Select(RecordedBaseline.Launch)]);

    private bool IsRanked(CorpusRow row) => options.Fold is null || CorpusFolds.Of(row.Dataset) == options.Fold;
}
