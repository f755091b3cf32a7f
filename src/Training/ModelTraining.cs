using Changeling.Features;
using Changeling.Scoring;

namespace Changeling.Training;

/// <summary>
/// Trains a model: measures by grouped cross-validation, calibrates, sets the threshold, then fits all rows and writes the package.
/// </summary>
public static class ModelTraining
{
    /// <summary>Trains and writes package and report. Takes minutes. The same data, options and seed give the same result.</summary>
    /// <exception cref="InvalidDataException">The rows are not enough to train on; the message says what is missing.</exception>
    /// <exception cref="InvalidOperationException">The native trainer cannot be loaded; the message says what to install.</exception>
    public static TrainingReport Run(TrainingOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var steps = new Steps(progress, options.Candidates.Count + (options.FullEvaluation ? 6 : 2), cancellation);
        steps.Next("reading the corpus");
        var rows = Known(CorpusData.Load(options.DataFolder), options.HoldOut);
        TrainableCorpus.Require(rows, options.DataFolder);

        var (settings, candidates, folds) = Choose(rows, options, steps);
        var evaluation = new Evaluation(CrossValidation.Score(folds));
        var calibration =
            PlattCalibration.Fit([.. evaluation.Tuples.Where(Evaluation.IsStrong).Select(s => (s.Margin, s.Row.Label == 1, 1.0))]);
        var margin = evaluation.ThresholdAt(options.FalsePositiveShare, options.LookAlikeShare);

        var measured = options.FullEvaluation ? MeasureFully(rows, settings, folds, options, steps) : FullMeasurement.None;

        steps.Next(options.HoldOut is { } fold ? $"fitting all rows outside fold {fold}" : "fitting all rows");
        var model = LaunchModelTrainer.Fit(TrainingSet.Build(rows, options.Seed, options.OwnRows), settings, options.Seed);
        var data = Summary(rows);
        var manifest = new ModelManifest
        {
            Version = options.Version,
            FeatureSchemaVersion = FeatureSchema.Version,
            Features = FeatureSchema.Length,
            Threshold = calibration.Probability(margin),
            Calibration = calibration,
            Balance = settings.Balance,
            Settings = settings,
            Metrics = ModelFigures.Of(evaluation, calibration, margin, measured),
            Data = data,
        };
        var bytes = ModelPackage.Write(manifest, model);
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
            RepositoryLeftOut = measured.RepositoryLeftOut,
            WithoutFields = measured.WithoutFields,
            WithoutOwnRows = measured.WithoutOwnRows,
            MissingPattern = measured.MissingPattern,
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
        var tuples = rows.Where(r => datasets.Contains(r.Dataset) && r.Label is not null)
            .Select(r => r.TupleId)
            .ToHashSet(StringComparer.Ordinal);
        return [.. rows.Where(r => !datasets.Contains(r.Dataset) && !tuples.Contains(r.TupleId))];
    }

    private static (
        ModelSettings Settings,
        IReadOnlyList<(ModelSettings Settings, RankingMetrics Metrics)> Candidates,
        IReadOnlyList<(CrossValidation.Split Split, LaunchModel Model)> Folds) Choose(
        IReadOnlyList<CorpusRow> rows, TrainingOptions options, Steps steps)
    {
        var tried = new List<(
            ModelSettings Settings, RankingMetrics Metrics, IReadOnlyList<(CrossValidation.Split Split, LaunchModel Model)> Folds)>();
        foreach (var settings in options.Candidates)
        {
            steps.Next($"cross-validating {settings.Trees} trees of {settings.Leaves} leaves");
            var folds = CrossValidation.Fit(rows, settings, options.Seed, steps.Cancellation, options.OwnRows);
            var metrics = new Evaluation(CrossValidation.Score(folds)).AllOrdinary;
            tried.Add((settings, metrics, folds));
        }

        // The first wins a tie; NaN (a corpus without recordings) never beats a number.
        var best = tried.MaxBy(t => double.IsNaN(t.Metrics.RecallAt1) ? -1 : t.Metrics.RecallAt1 + t.Metrics.RocAuc);
        return (best.Settings, [.. tried.Select(t => (t.Settings, t.Metrics))], best.Folds);
    }

    private static FullMeasurement MeasureFully(
        IReadOnlyList<CorpusRow> rows, ModelSettings settings, IReadOnlyList<(CrossValidation.Split Split, LaunchModel Model)> folds,
        TrainingOptions options, Steps steps)
    {
        var seed = options.Seed;
        steps.Next("leaving out one repository after the other");
        var leftOut = LeaveRepositoriesOut(rows, settings, options, steps.Cancellation);
        steps.Next("taking fields away");
        var withoutFields =
            FieldGroups.All.ToDictionary(g => g.Name, g => new Evaluation(CrossValidation.Score(folds, g.Drop)).RecordedTuples.RocAuc);
        steps.Next("cross-validating without rows of our own");
        var withoutOwnRows = new Evaluation(
            CrossValidation.Score(CrossValidation.Fit(rows, settings, seed, steps.Cancellation, ownRows: false))).RecordedTuples;
        steps.Next("measuring the missing pattern");
        return new(leftOut, withoutFields, withoutOwnRows, MissingPattern.Measure(rows, seed, options.OwnRows));
    }

    private static Dictionary<string, RankingMetrics> LeaveRepositoriesOut(
        IReadOnlyList<CorpusRow> rows, ModelSettings settings, TrainingOptions options, CancellationToken cancellation)
    {
        return rows.Where(r => r.IsRecorded && TrainingSet.IsUsable(r))
            .GroupBy(r => r.Repository)
            .Where(g => g.Any(r => r.Label == 1))
            .Select(g => g.Key)
            .AsParallel().AsOrdered().WithCancellation(cancellation)
            .Select(name => (
                name,
                folds: CrossValidation.Fit(
                    CrossValidation.SplitBy(rows, r => r.Repository == name), settings, options.Seed, options.OwnRows)))
            .ToDictionary(x => x.name, x => new Evaluation(CrossValidation.Score([x.folds])).RecordedTuples);
    }

    private static SortedDictionary<string, int> Summary(IReadOnlyList<CorpusRow> rows) =>
        new(
            rows.GroupBy(r => $"{r.File}/{(r.Label is { } label ? r.IsWeak ? "weak" : $"{label}" : "none")}")
                .ToDictionary(g => g.Key, g => g.Count()),
            StringComparer.Ordinal);

    private static void WriteFile(string path, byte[] bytes)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);

        // Beside its place first: a training that is stopped leaves the package of before.
        File.WriteAllBytes(path + ".partial", bytes);
        File.Move(path + ".partial", path, overwrite: true);
    }

    /// <summary>Reports progress, and stops if cancellation was requested.</summary>
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
