using Changeling.Backtest.Thresholds;

namespace Changeling.Backtest;

/// <summary>What to send through the pipeline, and how.</summary>
public sealed record BacktestOptions
{
    /// <summary>The history's files, in order of time.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>How long partitions learn before detections are alerts.</summary>
    public required TimeSpan EmitAfter { get; init; }

    /// <summary>Number of event partitions that the hosts are distributed over.</summary>
    public required int Partitions { get; init; }

    /// <summary>How many alerts people can look at; <see langword="null"/> where no thresholds are asked for.</summary>
    public Budget? Budget { get; init; }

    /// <summary>Name of the truth file; a checkpoint depends on it, and on the two below.</summary>
    public string? Truth { get; init; }

    /// <summary>Name of the prior file; <see langword="null"/> for the shipped one.</summary>
    public string? Prior { get; init; }

    /// <summary>Name of the file for the detections.</summary>
    public string? Output { get; init; }
}
