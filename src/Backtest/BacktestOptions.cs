using Changeling.Backtest.Thresholds;
using Changeling.Findings;
using Changeling.RecordedFiles;

namespace Changeling.Backtest;

/// <summary>The options of a backtest.</summary>
public sealed record BacktestOptions
{
    /// <summary>The history's files, in any order.</summary>
    public required IReadOnlyList<RecordedFile> Files { get; init; }

    /// <summary>Number of days that are used, at the end of the history by event time.</summary>
    /// <value>All days unless set; at least 1.</value>
    public int? Days { get; init; }

    /// <summary>How long a partition learns before its detections are alerts.</summary>
    public required TimeSpan EmitAfter { get; init; }

    /// <summary>What is marked as an alert, and so counted as one.</summary>
    /// <value>Incidents. With findings alone no incidents are gathered.</value>
    public AlertKind Alerts { get; init; } = AlertKind.Incidents;

    /// <summary>Number of event partitions that the hosts are distributed over.</summary>
    public required int Partitions { get; init; }

    /// <summary>
    /// The number of alerts that people can investigate; <see langword="null"/> if no thresholds are to be chosen. It is for incidents or
    /// for findings: where both are alerts, none can be chosen.
    /// </summary>
    public Budget? Budget { get; init; }

    /// <summary>Name of the truth file; a checkpoint depends on it, and on all below.</summary>
    public string? Truth { get; init; }

    /// <summary>Names of the files that change the shipped rules.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Names of the files of exceptions and host groups.</summary>
    public IReadOnlyList<string> Exceptions { get; init; } = [];

    /// <summary>Name of the prior file; <see langword="null"/> for the shipped one.</summary>
    public string? Prior { get; init; }

    /// <summary>Name of the file for the detections.</summary>
    public string? Output { get; init; }
}
