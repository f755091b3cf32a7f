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

    public Budget? Budget { get; init; }

    /// <summary>How long partitions learn before detections are alerts.</summary>
    public required TimeSpan EmitAfter { get; init; }

    /// <summary>Event partitions that hosts are spread over.</summary>
    public required int Partitions { get; init; }
}
