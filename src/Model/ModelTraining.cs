using Changeling.Features;

namespace Changeling.Model;

/// <summary>Trains a model: measures by grouped cross-validation, calibrates, sets the threshold, then fits all rows and writes the package.</summary>
public static class ModelTraining
{
    /// <summary>Trains and writes package and report. Minutes of CPU work; deterministic by data, options and seed.</summary>
    /// <exception cref="InvalidOperationException">The native trainer cannot be loaded; the message says what to install.</exception>
    public static TrainingReport Run(TrainingOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var steps = new Steps(progress, options.Candidates.Count + (options.FullEvaluation ? 6 : 2), cancellation);
        steps.Next("reading the corpus");
        var rows = Known(CorpusData.Load(options.DataFolder), options.HoldOut);

        var (settings, candidates, folds) = Choose(rows, options, steps);
        var evaluation = new Evaluation(CrossValidation.Score(folds));
        var calibration = PlattCalibration.Fit([.. evaluation.Tuples.Where(Evaluation.IsStrong).Select(s => (s.Margin, s.Row.Label == 1, 1.0))]);
        var margin = evaluation.ThresholdAt(options.FalsePositiveShare, options.LookAlikeShare);

        IReadOnlyDictionary<string, RankingMetrics> leftOut = new Dictionary<string, RankingMetrics>();
        IReadOnlyDictionary<string, double> withoutFields = new Dictionary<string, double>();
        RankingMetrics? withoutOwnRows = null;
        MissingPatternReport? missing = null;
        if (options.FullEvaluation)
        {
            steps.Next("leaving out one repository after the other");
            leftOut = LeaveRepositoriesOut(rows, settings, options.Seed, cancellation);
            steps.Next("taking fields away");
            withoutFields = FieldGroups.All.ToDictionary(g => g.Name, g => new Evaluation(CrossValidation.Score(folds, g.Drop)).RecordedTuples.RocAuc);
            steps.Next("cross-validating without rows of our own");
            withoutOwnRows = new Evaluation(CrossValidation.Score(CrossValidation.Fit(rows, settings, options.Seed, cancellation, ownRows: false))).RecordedTuples;
            steps.Next("measuring the missing pattern");
            missing = MissingPattern.Measure(rows, options.Seed);
        }

        steps.Next(options.HoldOut is { } fold ? $"fitting all rows outside fold {fold}" : "fitting all rows");
        var pair = ModelPair.Fit(TrainingSet.Build(rows, options.Seed), settings, options.Seed);
        var data = Summary(rows);
        var manifest = new ModelManifest
        {
            Version = options.Version,
            FeatureSchemaVersion = FeatureSchema.Version,
            Features = FeatureSchema.Length,
            Threshold = calibration.Probability(margin),
            Calibration = calibration,
            TreesSha256 = "",
            LinearSha256 = "",
            Settings = settings,
            Metrics = Figures(evaluation),
            Data = data,
        };
        var bytes = ModelPackage.Write(manifest, pair);
        var package = ModelPackage.Read(bytes);
        WriteFile(options.Output, bytes);

        var report = new TrainingReport
        {
            Version = options.Version,
            PackageSha256 = package.Sha256,
            PackageBytes = bytes.Length,
            TrainingRows = data,
            Settings = settings,
            Candidates = candidates,
            RecordedTuples = evaluation.RecordedTuples,
            RecordedEvents = evaluation.RecordedEvents,
            LookAlikes = evaluation.LookAlikes,
            AllOrdinary = evaluation.AllOrdinary,
            WeakTuples = evaluation.WeakTuples,
            ByRepository = evaluation.By(r => r.Repository),
            ByFormat = evaluation.By(r => r.Format),
            RepositoryLeftOut = leftOut,
            WithoutFields = withoutFields,
            WithoutOwnRows = withoutOwnRows,
            MissingPattern = missing,
            Threshold = manifest.Threshold,
            AboveThreshold = evaluation.SharesAbove(margin),
            CalibrationError = evaluation.CalibrationError(calibration),
        };
        if (options.Report != "") TrainingReportFile.Write(options.Report ?? options.Output + ".report", report, evaluation, calibration);
        return report;
    }

    private static IReadOnlyList<CorpusRow> Known(IReadOnlyList<CorpusRow> rows, int? holdOut)
    {
        if (holdOut is not { } fold) return rows;
        var datasets = rows.Where(r => CorpusFolds.Of(r.Dataset) == fold).Select(r => r.Dataset).ToHashSet(StringComparer.Ordinal);
        var tuples = rows.Where(r => datasets.Contains(r.Dataset) && r.Label is not null).Select(r => r.TupleId).ToHashSet(StringComparer.Ordinal);
        return [.. rows.Where(r => !datasets.Contains(r.Dataset) && !tuples.Contains(r.TupleId))];
    }

    private static (ModelSettings Settings, IReadOnlyList<(ModelSettings Settings, RankingMetrics Metrics)> Candidates, IReadOnlyList<(CrossValidation.Split Split, ModelPair Model)> Folds) Choose(
        IReadOnlyList<CorpusRow> rows, TrainingOptions options, Steps steps)
    {
        var tried = new List<(ModelSettings Settings, RankingMetrics Metrics, IReadOnlyList<(CrossValidation.Split Split, ModelPair Model)> Folds)>();
        foreach (var settings in options.Candidates)
        {
            steps.Next($"cross-validating {settings.Trees} trees of {settings.Leaves} leaves");
            var folds = CrossValidation.Fit(rows, settings, options.Seed, steps.Cancellation);
            var metrics = new Evaluation(CrossValidation.Score(folds)).AllOrdinary;
            tried.Add((settings, metrics, folds));
        }

        // The first wins a tie; NaN (a corpus without recordings) never beats a number.
        var best = tried.MaxBy(t => double.IsNaN(t.Metrics.RecallAt1) ? -1 : t.Metrics.RecallAt1 + t.Metrics.RocAuc);
        return (best.Settings, [.. tried.Select(t => (t.Settings, t.Metrics))], best.Folds);
    }

    private static Dictionary<string, RankingMetrics> LeaveRepositoriesOut(IReadOnlyList<CorpusRow> rows, ModelSettings settings, int seed, CancellationToken cancellation)
    {
        return rows.Where(r => r.IsRecorded && TrainingSet.IsUsable(r)).GroupBy(r => r.Repository).Where(g => g.Any(r => r.Label == 1)).Select(g => g.Key)
            .AsParallel().AsOrdered().WithCancellation(cancellation)
            .Select(name => (name, folds: CrossValidation.Fit(CrossValidation.SplitBy(rows, r => r.Repository == name), settings, seed)))
            .ToDictionary(x => x.name, x => new Evaluation(CrossValidation.Score([x.folds])).RecordedTuples);
    }

    private static Dictionary<string, double> Figures(Evaluation evaluation)
    {
        var recorded = evaluation.RecordedTuples;
        var all = evaluation.AllOrdinary;
        return new()
        {
            ["recordedTuples.rocAuc"] = recorded.RocAuc,
            ["recordedTuples.averagePrecision"] = recorded.AveragePrecision,
            ["recordedTuples.recallAt1Percent"] = recorded.RecallAt1,
            ["recordedTuples.recallAt5Percent"] = recorded.RecallAt5,
            ["allOrdinary.rocAuc"] = all.RocAuc,
            ["allOrdinary.recallAt1Percent"] = all.RecallAt1,
        };
    }

    private static SortedDictionary<string, int> Summary(IReadOnlyList<CorpusRow> rows) =>
        new(rows.GroupBy(r => $"{r.File}/{(r.Label is { } label ? r.IsWeak ? "weak" : $"{label}" : "none")}").ToDictionary(g => g.Key, g => g.Count()), StringComparer.Ordinal);

    private static void WriteFile(string path, byte[] bytes)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Tells progress and stops where cancellation was asked for.</summary>
    private sealed class Steps(IProgress<TrainingProgress>? progress, int count, CancellationToken cancellation)
    {
        private int _done;

        public CancellationToken Cancellation => cancellation;

        public void Next(string step)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new(step, (double)_done++ / count));
        }
    }
}
