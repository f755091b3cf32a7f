using Changeling.Training.Unseen;

namespace Changeling.Training.Tests.Unseen;

public class UnseenRunTests
{
    [Fact]
    public void Every_fold_and_the_whole_corpus_are_trained_and_the_same_seed_gives_the_same_figures()
    {
        var steps = new List<TrainingProgress>();

        var first = Run(new Recorder(steps));
        var second = Run(null);

        Assert.Equal(first.Figures, second.Figures);
        Assert.Equal(first.Threshold, second.Threshold);
        Assert.Equal(UnseenModels.Trainings + 2, steps.Count);
        Assert.Equal(steps.Select(s => s.Done).Order(), steps.Select(s => s.Done));
        Assert.True(first.Figures[0] is { Part: "recordings", Rows: > 0, Datasets: > 0, Value: > 0.5 }, $"{first.Figures[0]}");
        Assert.Contains(first.Figures, f => f is { Part: "recordings", Set: "repository2", Rows: > 0 });
    }

    [Fact]
    public void Recordings_of_one_source_cannot_be_held_out() =>
        Assert.Contains(
            "at least two sources",
            Assert.Throws<InvalidDataException>(() => UnseenEvaluation.Run(
                [.. Tiny.Rows.Select(r => r with { Source = "one" })], Cases, new UnseenOptions(), null, CancellationToken.None)).Message,
            StringComparison.Ordinal);

    private static LaunchCases Cases { get; } = new(
        [new("at-1", "script", 1, Tiny.Row("winword.exe", "powershell.exe", "powershell -enc SQBFAFgA"), null, null)],
        [new("bn-1", "app", 0, Tiny.Row("explorer.exe", "notepad.exe", "notepad C:\\a.txt"), null, null)],
        [new("ev-1", "text", 1, Tiny.Row("winword.exe", "powershell.exe", "powershell -e SQBFAFgA"), "at-1", "short switch")]);

    /// <summary>No dataset is of two repositories, so that each can be held out without rows of our own.</summary>
    private static IReadOnlyList<CorpusRow> Recordings { get; } =
        [.. Tiny.Rows.Select(r => r with { Dataset = $"{r.Source} {r.Dataset}" })];

    private static UnseenReport Run(IProgress<TrainingProgress>? progress) => UnseenEvaluation.Run(
        Recordings, Cases, new UnseenOptions { Settings = Tiny.Settings, Seed = Tiny.Seed, OwnRows = false }, progress,
        CancellationToken.None);

    private sealed class Recorder(List<TrainingProgress> steps) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            lock (steps) steps.Add(value);
        }
    }
}
