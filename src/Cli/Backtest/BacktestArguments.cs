using Changeling.Backtest;
using Changeling.Backtest.Checkpoints;

namespace Changeling.Cli.Backtest;

/// <summary>The arguments of <c>backtest</c>.</summary>
/// <param name="Options">What to send, and how.</param>
/// <param name="Model">The model package; <see langword="null"/> for the shipped one.</param>
/// <param name="Json">Where the report goes.</param>
/// <param name="Checkpoint">Where the run is kept on its way.</param>
/// <param name="CheckpointEvery">Number of process starts between two checkpoints.</param>
internal sealed record BacktestArguments(BacktestOptions Options, string? Model, string? Json, string? Checkpoint, int CheckpointEvery)
{
    /// <summary>The files that the run reads: nothing is written over them.</summary>
    public IReadOnlyList<string> Inputs => [.. Options.Files, Options.Truth ?? "", Model ?? "", Options.Prior ?? ""];

    /// <summary>The files that the checkpoint takes.</summary>
    public IReadOnlyList<string> CheckpointNames => CheckpointFile.Names(Checkpoint);
}
