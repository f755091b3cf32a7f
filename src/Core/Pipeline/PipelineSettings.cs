using Changeling.Events;
using Changeling.Findings;

namespace Changeling.Pipeline;

/// <summary>The settings of the pipeline.</summary>
public sealed record PipelineSettings
{
    /// <summary>Names the set of counts, so that two consumer groups cannot share a watermark. Part of every table partition key.</summary>
    /// <value><c>default</c>; 1–64 characters of <c>a–z 0–9 . _ -</c>.</value>
    public string BaselineName { get; init; } = "default";

    /// <summary>How long, in partition clock, a fresh partition learns: until then detections are notes (<c>is_alert</c> false).</summary>
    /// <value>24 hours.</value>
    public TimeSpan EmitAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The format of detections from now on; those already committed keep their bytes.</summary>
    /// <value>OCSF.</value>
    public DetectionFormat DetectionFormat { get; init; } = DetectionFormat.Ocsf;

    /// <summary>What is marked as an alert from now on; what is already committed keeps its mark.</summary>
    /// <value>Incidents, so that findings are their evidence.</value>
    public AlertKind Alerts { get; init; } = AlertKind.Incidents;

    /// <summary>Days of partition clock in which a count halves.</summary>
    /// <value>30 days; 1–3,650, or 0 for never.</value>
    public int HalfLifeDays { get; init; } = 30;

    /// <summary>
    /// Launches of one rare lineage by one host and clock day that count, until <c>DayHosts.ManyHosts</c> hosts have launched it
    /// that day: this limits what one host can add to a baseline.
    /// </summary>
    /// <value>3; 1–65,535, or 0 to count all (recordings of a single machine).</value>
    public int LaunchesPerHostAndDay { get; init; } = 3;

    /// <summary>The limit by host applies to lineages with less than this percentage of their parent's launches.</summary>
    /// <value>1 per cent; 0–100.</value>
    public int HostLimitBelowPercent { get; init; } = 1;

    /// <summary>Maximum number of parent rows of one event partition kept in memory between chunks.</summary>
    /// <value>20,000 rows, about 3 MB.</value>
    public int CachedRows { get; init; } = 20_000;

    /// <summary>Whether <see cref="BatchOutcome.Decided"/> is filled: for backtests. It needs memory for each event.</summary>
    /// <value>Off.</value>
    public bool KeepsDecided { get; init; }

    /// <summary>
    /// The one format that the hub holds, from <see cref="SourceFormats.All"/>; a record of another is a dead letter
    /// <c>format_mismatch</c>.
    /// </summary>
    /// <value><see langword="null"/>: the format of each record is detected from its property names.</value>
    public string? Format { get; init; }

    /// <summary>What one message may cost before it becomes a dead letter.</summary>
    public MessageLimits Message { get; init; } = new();
}
