namespace Changeling.Baseline;

/// <summary>How far an event partition's effects are committed. Its ETag guards all rows of the partition.</summary>
/// <param name="Position">The last position whose effects are committed.</param>
/// <param name="HighestEnqueuedTime">The partition clock there, UTC.</param>
/// <param name="LearningSince">The partition clock at the first event ever: learning ends some time after it.</param>
public sealed record Watermark(Position Position, DateTimeOffset HighestEnqueuedTime, DateTimeOffset LearningSince)
{
    /// <summary>Version of the rows' layout; a store written by a newer layout is refused.</summary>
    public const int SchemaVersion = 1;

    /// <summary>How surprising the partition's launches were, as <see cref="SurpriseHistogram.ToText"/> writes it; changes with the counts.</summary>
    public string Surprises { get; init; } = "";
}
