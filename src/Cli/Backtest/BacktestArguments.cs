using Changeling.Backtest;
using Changeling.Backtest.Checkpoints;
using Changeling.Deciding;

namespace Changeling.Cli.Backtest;

/// <summary>The arguments of <c>backtest</c>.</summary>
/// <param name="Options">The options of the backtest.</param>
/// <param name="Snapshot">Model, prior, rules and exceptions.</param>
/// <param name="Model">The model package; <see langword="null"/> for the shipped one.</param>
/// <param name="Json">Output file for the report.</param>
/// <param name="WriteRules">Output file for the rules that apply the budget.</param>
/// <param name="Reports">Output files for people.</param>
/// <param name="Checkpoint">File for the checkpoint.</param>
/// <param name="CheckpointEvery">Number of process starts between two checkpoints.</param>
internal sealed record BacktestArguments(
    BacktestOptions Options, PipelineSnapshot Snapshot, string? Model, string? Json, string? WriteRules, ReportFiles Reports,
    string? Checkpoint, int CheckpointEvery)
{
    /// <summary>The files that the run reads, which must not be overwritten.</summary>
    public IReadOnlyList<string> Inputs =>
    [
        .. Options.Files.Select(file => file.Origin), Options.Truth ?? "", Model ?? "", Options.Prior ?? "", .. Options.Rules,
        .. Options.Exceptions,
    ];

    /// <summary>The files that the run writes, but for the report.</summary>
    public IReadOnlyList<string> OtherOutputs => [Options.Output ?? "", WriteRules ?? "", .. CheckpointNames];

    /// <summary>All files except those of <see cref="Reports"/>.</summary>
    public IReadOnlyList<string> Files => [.. Inputs, Json ?? "", .. OtherOutputs];

    /// <summary>The files of the checkpoint.</summary>
    public IReadOnlyList<string> CheckpointNames => CheckpointFile.Names(Checkpoint);
}
