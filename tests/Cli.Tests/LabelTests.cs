using System.Text;
using System.Text.Json;
using Changeling.Events;
using Changeling.Features;
using Changeling.Findings;
using Changeling.Scoring;
using Changeling.TestSupport;
using Changeling.Training;

namespace Changeling.Cli.Tests;

/// <summary>From telemetry and labels to a trained and measured model, without a corpus of ours.</summary>
public sealed class LabelTests : IDisposable
{
    private readonly Scratch _folder = new();

    [Fact]
    public async Task A_simulated_fleet_becomes_a_folder_that_trains_a_model_which_evaluate_measures()
    {
        await SimulateAsync("--hosts", "8", "--hours", "12", "--attacks", "8");
        var labelled = (await Terminal.RunAsync(
            _folder, "label", "fleet.jsonl", "--truth", "truth.jsonl", "--output", "own", "--name", "lab")).Succeeded();

        var report = ModelTraining.Run(
            new TrainingOptions
            {
                DataFolder = _folder["own"],
                Output = _folder["own.zip"],
                Version = "2026.12.1",
                Candidates = [new ModelSettings(20, 7, 0.2, 5, 0.3, 5)],
                OwnRows = false,
                HoldOut = 0,
                FullEvaluation = false,
            },
            null,
            TestContext.Current.CancellationToken);

        Assert.Contains("attacks and", labelled.Errors, StringComparison.Ordinal);
        Assert.True(report.RecordedTuples.RocAuc > 0.8, $"{report.RecordedTuples}");
        var measured = (await Terminal.RunAsync(
            _folder, "evaluate", "--model", "own.zip", "--data", "own", "--resamples", "0", "--worst", "0")).Succeeded();
        Assert.Contains("model 2026.12.1", measured.Output, StringComparison.Ordinal);
        Assert.Matches(@"repository +lab ", measured.Output);
    }

    [Fact]
    public async Task A_row_shows_the_model_the_same_launch_as_the_telemetry()
    {
        await SimulateAsync("--hosts", "3", "--hours", "9", "--attacks", "1");
        (await Terminal.RunAsync(_folder, "label", "fleet.jsonl", "--truth", "truth.jsonl", "--output", "own")).Succeeded();

        var rows = CorpusData.Load(_folder["own"]);
        var launches = Launches("fleet.jsonl");

        Assert.Equal(launches.Select(e => DetectionId.Of(e.SourceIdentity!).ToString()), rows.Select(r => r.Id));
        Assert.All(
            launches.Zip(rows),
            pair => Assert.Equal(FeatureExtractor.Extract(pair.First).Values, FeatureExtractor.Extract(pair.Second.Event).Values));
        var truth = File.ReadLines(_folder["truth.jsonl"]).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(truth.Count, rows.Count(r => r.Label == 1));
        Assert.Equal(
            truth.Select(t => "fleet/" + t.GetProperty("chain").GetString()).Distinct(),
            rows.Where(r => r.Label == 1).Select(r => r.Dataset).Distinct());
    }

    [Fact]
    public async Task A_judged_finding_labels_its_launch_and_the_rest_can_be_left_out()
    {
        await SimulateAsync("--hosts", "2", "--hours", "9", "--attacks", "1");
        var ids = Launches("fleet.jsonl").Take(2).Select(e => DetectionId.Of(e.SourceIdentity!)).ToList();
        _folder.Write(
            "judged.jsonl",
            Encoding.UTF8.GetBytes($$"""
                {"uid":"{{ids[0]}}","label":1,"dataset":"incident 7","technique":["T1059.001"]}
                {"uid":"{{ids[1]}}","label":0}
                {"uid":"{{Guid.NewGuid()}}","label":0}
                """));

        var outcome = (await Terminal.RunAsync(
            _folder, "label", "fleet.jsonl", "--truth", "judged.jsonl", "--listed-only", "--output", "own")).Succeeded();

        var rows = CorpusData.Load(_folder["own"]);
        Assert.Equal([(1, "fleet/incident 7"), (0, rows[1].Dataset)], rows.Select(r => (r.Label!.Value, r.Dataset)));
        Assert.Equal(["T1059.001"], rows[0].Techniques);
        Assert.Contains("1 labels are of launches that the telemetry does not have", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"uid\":\"d3e50e66-b0c7-563a-88f8-62faecaf2058\"}", "label must be 1 (attack) or 0 (ordinary)")]
    [InlineData("{\"uid\":\"d3e50e66-b0c7-563a-88f8-62faecaf2058\",\"label\":1}", "an attack needs a dataset or chain")]
    [InlineData("{\"uid\":\"7\",\"label\":0}", "the launch is missing: identity")]
    [InlineData("[]", "it is not a JSON object")]
    [InlineData("{\"uid\":\"d3e50e66-b0c7-563a-88f8-62faecaf2058\",\"label\":0}", "none of the labelled launches is in the telemetry")]
    [InlineData("", "no label")]
    public async Task Labels_that_are_none_are_refused_and_nothing_is_written(string line, string message)
    {
        await SimulateAsync("--hosts", "1", "--hours", "9", "--attacks", "0");
        _folder.Write("judged.jsonl", Encoding.UTF8.GetBytes(line));

        (await Terminal.RunAsync(_folder, "label", "fleet.jsonl", "--truth", "judged.jsonl", "--output", "own")).FailedWith(message);

        Assert.False(Directory.Exists(_folder["own"]) && Directory.EnumerateFiles(_folder["own"]).Any());
    }

    [Theory]
    [InlineData("recorded.jsonl", 0, 30, 3, "own has no attacks (label 1)")]
    [InlineData("recorded.jsonl", 30, 0, 3, "own has no ordinary launches (label 0)")]
    [InlineData("recorded.jsonl", 5, 30, 3, "own has 5 different attacks (label 1), and training needs at least 20")]
    [InlineData("recorded.jsonl", 30, 30, 1, "are in 1 dataset, so no model can be measured")]
    [InlineData("synthetic.jsonl", 30, 30, 3, "own has no recorded attacks (label 1)")]
    [InlineData("mine.jsonl", 30, 30, 3, "mine.jsonl has no role in the corpus")]
    public async Task What_a_folder_lacks_for_training_is_said_before_the_work(
        string file, int attacks, int ordinary, int datasets, string message)
    {
        Directory.CreateDirectory(_folder["own"]);
        _folder.Write(
            $"own/{file}",
            Encoding.UTF8.GetBytes(string.Join('\n', Rows(1, attacks, datasets).Concat(Rows(0, ordinary, datasets)))));

        (await Terminal.RunAsync(_folder, "train", "--data", "own", "--output", "own.zip")).FailedWith(message.Replace(
            "own has", $"{_folder["own"]} has", StringComparison.Ordinal));

        Assert.False(File.Exists(_folder["own.zip"]));
    }

    [Fact]
    public async Task A_folder_with_one_role_twice_is_refused()
    {
        Directory.CreateDirectory(_folder["own"]);
        _folder.Write("own/recorded.jsonl", "{}"u8);
        _folder.Write("own/recorded.jsonl.gz", Scratch.Gzip("{}"u8));

        (await Terminal.RunAsync(_folder, "evaluate", "--data", "own")).FailedWith("both recorded.jsonl and recorded.jsonl.gz");
    }

    public void Dispose() => _folder.Dispose();

    private async Task SimulateAsync(params string[] options) => (await Terminal.RunAsync(
        _folder, ["simulate", "--format", "mixed", "--output", "fleet.jsonl", "--truth", "truth.jsonl", .. options])).Succeeded();

    private List<ProcessEvent> Launches(string file)
    {
        var reader = new MessageReader(new MessageLimits());
        return
        [
            .. JsonValueSplitter.Split(_folder.Read(file))
                .SelectMany(value => reader.Read(value.Value))
                .OfType<RecordOutcome.Read>()
                .Select(read => read.Event),
        ];
    }

    /// <summary>Rows as short as the docs allow: no id, no tuple.</summary>
    private static IEnumerable<string> Rows(int label, int count, int datasets) => Enumerable.Range(0, count).Select(i =>
        JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["dataset"] = $"{label}-{i % datasets}",
            ["process_name"] = "tool.exe",
            ["command_line"] = $"tool.exe {new string('x', i)}",
            ["synthetic"] = false,
            ["label"] = label,
        }));
}
