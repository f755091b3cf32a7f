using System.IO.Compression;
using System.Text.Json;
using Changeling.Scoring;

namespace Changeling.Training.Tests;

public class TrainingTests
{
    /// <summary>One tree that cannot split, because a leaf needs more rows than there are, and no linear model.</summary>
    private static readonly ModelSettings Blind = Tiny.Settings with { Trees = 1, MinRows = 10_000, LinearShare = 0 };

    [Fact]
    public void A_missing_native_library_is_recognised_through_its_wrappers()
    {
        Assert.True(
            LightGbm.IsMissingLibrary(
                new InvalidOperationException("x", new TypeInitializationException("y", new DllNotFoundException("lib_lightgbm")))));
        Assert.False(LightGbm.IsMissingLibrary(new InvalidOperationException("x")));
    }

    [Fact]
    public void A_folder_without_a_corpus_is_named()
    {
        var missing = Path.Combine(Path.GetTempPath(), "changeling-no-such-folder");

        Assert.Contains(missing, Assert.Throws<DirectoryNotFoundException>(() => CorpusData.Load(missing)).Message);
    }

    [Fact]
    public void Two_trainings_on_the_corpus_s_format_give_the_same_package()
    {
        var folder = Directory.CreateTempSubdirectory("changeling-training-");
        try
        {
            WriteCorpus(Path.Combine(folder.FullName, "recorded.jsonl.gz"));

            TrainingReport Train(string output) => ModelTraining.Run(
                Options(folder.FullName, output), null, TestContext.Current.CancellationToken);
            var (first, second) = (Train("a.zip"), Train("b.zip"));

            Assert.Equal(first.PackageSha256, second.PackageSha256);
            Assert.Equal(first.PackageSha256, ModelPackage.ReadFile(Path.Combine(folder.FullName, "a.zip")).Sha256);
            Assert.True(File.Exists(Path.Combine(folder.FullName, "a.zip.report.json")));
            Assert.True(first.RecordedTuples.RocAuc > 0.9, $"{first.RecordedTuples}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_fold_that_is_held_out_is_unknown_to_the_package_with_all_its_tuples()
    {
        var folder = Directory.CreateTempSubdirectory("changeling-training-");
        try
        {
            WriteCorpus(Path.Combine(folder.FullName, "recorded.jsonl.gz"));
            var fold = CorpusFolds.Of("dataset0");
            var heldOut = Tiny.Rows.Where(r => CorpusFolds.Of(r.Dataset) == fold).Select(r => r.TupleId).ToHashSet();

            // Which rows are trained on does not depend on the settings: those that take the least time will do.
            var report = ModelTraining.Run(
                Options(folder.FullName, "a.zip") with { HoldOut = fold, Candidates = [Blind] }, null,
                TestContext.Current.CancellationToken);

            Assert.Equal(Tiny.Rows.Count(r => !heldOut.Contains(r.TupleId)), report.TrainingRows.Values.Sum());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Of_the_settings_compared_the_best_in_cross_validation_trains_the_package()
    {
        var folder = Directory.CreateTempSubdirectory("changeling-training-");
        try
        {
            WriteCorpus(Path.Combine(folder.FullName, "recorded.jsonl.gz"));
            var report = ModelTraining.Run(
                Options(folder.FullName, "a.zip") with { Candidates = [Blind, Tiny.Settings] },
                null,
                TestContext.Current.CancellationToken);

            Assert.Equal([Blind, Tiny.Settings], report.Candidates.Select(c => c.Settings));
            Assert.True(report.Candidates[0].Metrics.RocAuc < report.Candidates[1].Metrics.RocAuc, $"{report.Candidates[0]}");
            Assert.Equal(Tiny.Settings, ModelPackage.ReadFile(Path.Combine(folder.FullName, "a.zip")).Manifest.Settings);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_package_carries_the_figures_of_the_report()
    {
        var folder = Directory.CreateTempSubdirectory("changeling-training-");
        try
        {
            WriteCorpus(Path.Combine(folder.FullName, "recorded.jsonl.gz"));

            var report = ModelTraining.Run(
                Options(folder.FullName, "a.zip") with { FullEvaluation = true }, null,
                TestContext.Current.CancellationToken);
            var figures = ModelPackage.ReadFile(Path.Combine(folder.FullName, "a.zip")).Manifest.Metrics;

            Assert.Equal(report.WithoutOwnRows, report.RecordedTuples); // own rows were not asked for, so no model has them
            Assert.Equal(report.RecordedTuples.RecallAt5, figures["recordedTuples.recallAt5Percent"]);
            Assert.Equal(report.CalibrationError, figures["calibrationError"]);
            Assert.Equal(report.AboveThreshold["attack, recorded"], figures["shareAboveThreshold: attack, recorded"]);
            Assert.Equal(report.MissingPattern!.NeutralisedAuc, figures["missingPattern.neutralisedAuc"]);
            Assert.All(FieldGroups.All, group => Assert.Equal(report.WithoutFields[group.Name], figures[$"rocAucWithout: {group.Name}"]));
            Assert.All(report.RepositoryLeftOut, left => Assert.Equal(left.Value.RocAuc, figures[$"rocAucOfLeftOut: {left.Key}"]));
            Assert.DoesNotContain("lookAlikes.rocAuc", figures.Keys);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Without rows of our own, which take most of the time and change nothing of what is tested.</summary>
    private static TrainingOptions Options(string folder, string output) => new()
    {
        OwnRows = false,
        DataFolder = folder,
        Output = Path.Combine(folder, output),
        Version = "0.0.1",
        Candidates = [Tiny.Settings],
        FullEvaluation = false,
    };

    private static void WriteCorpus(string path)
    {
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        foreach (var row in Tiny.Rows)
        {
            writer.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object?>
            {
                ["id"] = row.Id,
                ["source"] = $"repository{row.Dataset[^1] % 3}:file", // a dataset lies in one repository
                ["dataset"] = row.Dataset,
                ["format"] = row.Format,
                ["label"] = row.Label,
                ["weak"] = row.IsWeak,
                ["tuple_id"] = row.TupleId,
                ["tuple_count"] = 1,
                ["synthetic"] = false,
                ["time"] = "2026-11-03T09:14:27Z",
                ["host"] = "WS",
                ["user"] = @"CORP\mara.lind",
                ["process_name"] = row.Event.Child.Name,
                ["process_executable"] = row.Event.Child.Path,
                ["command_line"] = row.Event.Child.CommandLine,
                ["parent_name"] = row.Event.Parent!.Name,
                ["parent_executable"] = row.Event.Parent.Path,
                ["integrity_level"] = "AppContainer",
                ["token_elevation_type"] = "%%1937",
            }));
        }
    }
}
