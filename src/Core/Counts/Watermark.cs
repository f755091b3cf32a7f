using Changeling.Events;

namespace Changeling.Counts;

/// <summary>How far an event partition's effects are committed. Its row version guards all rows of the partition.</summary>
/// <param name="Position">The last position whose effects are committed.</param>
/// <param name="HighestEnqueuedTime">The partition clock there, UTC.</param>
/// <param name="LearningSince">The partition clock at the first event ever: the learning period begins there.</param>
public sealed record Watermark(Position Position, DateTimeOffset HighestEnqueuedTime, DateTimeOffset LearningSince)
{
    /// <summary>
    /// The last position of the previous epoch; <see langword="null"/> in the first epoch. It is kept because the host may still retry a
    /// batch of that epoch.
    /// </summary>
    public EpochEnd? PreviousEpoch { get; init; }

    /// <summary>Version of the rows' layout; a store written by a newer layout is refused.</summary>
    public const int SchemaVersion = 1;

    /// <summary>
    /// How surprising the partition's launches were, as <c>SurpriseHistogram.ToText</c> writes it; changes with the counts.
    /// </summary>
    public string Surprises { get; init; } = "";

    /// <summary>About how many hosts there are, as <see cref="HostSketch.ToText"/> writes it; changes with the counts.</summary>
    public string Hosts { get; init; } = "";
}

/// <summary>How far an epoch was committed when the next one began.</summary>
/// <param name="Position">Its last committed position.</param>
/// <param name="HighestEnqueuedTime">The partition clock there, UTC.</param>
public readonly record struct EpochEnd(Position Position, DateTimeOffset HighestEnqueuedTime);
