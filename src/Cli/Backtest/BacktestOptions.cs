namespace Changeling.Cli.Backtest;

/// <summary>What to send through the pipeline, and how.</summary>
internal sealed record BacktestOptions
{
    public required IReadOnlyList<string> Files { get; init; }

    public string? Truth { get; init; }

    public string? Model { get; init; }

    public string? Prior { get; init; }

    public string? Json { get; init; }

    public string? Output { get; init; }

    /// <summary>Where the run puts what it needs to be gone on with; <see langword="null"/> for a run that begins at the front.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Process starts from one checkpoint to the next.</summary>
    public int CheckpointEvery { get; init; } = int.MaxValue;

    public Budget? Budget { get; init; }

    /// <summary>How long partitions learn before detections are alerts.</summary>
    public required TimeSpan EmitAfter { get; init; }

    /// <summary>Event partitions that hosts are spread over.</summary>
    public required int Partitions { get; init; }
}
