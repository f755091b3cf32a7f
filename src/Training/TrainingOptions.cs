using Changeling.Scoring;
namespace Changeling.Training;

/// <summary>The options of a training.</summary>
public sealed record TrainingOptions
{
    /// <summary>The default of <see cref="FalsePositiveShare"/>.</summary>
    internal const double DefaultFalsePositiveShare = 0.01;

    /// <summary>The default of <see cref="LookAlikeShare"/>.</summary>
    internal const double DefaultLookAlikeShare = 0.02;

    /// <summary>Folder with the corpus files; see <see cref="CorpusManifest"/>.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Path of the package to write.</summary>
    public required string Output { get; init; }

    /// <summary>Version of the package, for example <c>2026.11.1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>
    /// Path without extension for the written report (<c>.json</c>, <c>.md</c>); it quotes corpus rows, so it belongs outside the
    /// repository. <see langword="null"/> writes <see cref="Output"/> + <c>.report</c>; an empty text writes none.
    /// </summary>
    public string? Report { get; init; }

    /// <summary>Seed of all random draws.</summary>
    /// <value>Default 7.</value>
    public int Seed { get; init; } = 7;

    /// <summary>Share of recorded ordinary tuples of the cross-validation that may lie at or above the threshold.</summary>
    /// <value>0–1; default 0.01.</value>
    public double FalsePositiveShare { get; init; } = DefaultFalsePositiveShare;

    /// <summary>Share of made look-alikes that may lie at or above it; the stricter of both counts.</summary>
    /// <value>0–1; default 0.02.</value>
    public double LookAlikeShare { get; init; } = DefaultLookAlikeShare;

    /// <summary>The settings that are compared; the one with the best recall at 1 % of ordinary tuples trains the model.</summary>
    public IReadOnlyList<ModelSettings> Candidates { get; init; } = [ModelSettings.Default];

    /// <summary>
    /// A fold (<see cref="CorpusFolds"/>) to leave out of the training: its rows and their tuples are not used, so that the package can be
    /// measured on them. <see langword="null"/> trains on all rows.
    /// </summary>
    /// <value>0 to <see cref="CorpusFolds.Count"/> − 1.</value>
    public int? HoldOut { get; init; }

    /// <summary>
    /// Whether rows of our own are added, which are made and in no corpus: without them the model knows nothing but the corpus.
    /// </summary>
    public bool OwnRows { get; init; } = true;

    /// <summary>
    /// Whether to measure each repository left out and the missing pattern too: this takes most of the time of a training.
    /// </summary>
    public bool FullEvaluation { get; init; } = true;
}

/// <summary>The progress of a training.</summary>
/// <param name="Step">The current step, for people.</param>
/// <param name="Done">Share of the steps done, 0–1.</param>
public readonly record struct TrainingProgress(string Step, double Done);
