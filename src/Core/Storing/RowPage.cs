using Changeling.Counts;

namespace Changeling.Storing;

/// <summary>Some rows of one partition.</summary>
/// <param name="Rows">In order of key.</param>
/// <param name="Last">Where to continue; <see langword="null"/> at the end. A page may be empty and yet not the last.</param>
public sealed record RowPage<T>(IReadOnlyList<T> Rows, string? Last);

/// <summary>A launch row with its key.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Group">The beginning of the key that all rows of the parent share: orders parents as the store does.</param>
/// <param name="Parent">Folded name of the parent.</param>
/// <param name="Row">The row.</param>
public sealed record LaunchEntry(string Key, string Group, string Parent, CountRow Row);

/// <summary>A detection with its key.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Detection">The detection.</param>
public sealed record DetectionEntry(string Key, StoredDetection Detection);

/// <summary>A row's key and what it is for.</summary>
/// <param name="Key">The key.</param>
/// <param name="IsDetection">Whether it is a row of the outbox.</param>
public readonly record struct RowKey(string Key, bool IsDetection);

/// <summary>A child, predicted malicious, that was seen on a host or for a user.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Kind">Host or user.</param>
/// <param name="Child">Folded name of the child.</param>
/// <param name="Name">The host or user.</param>
public sealed record Occurrence(string Key, OccurrenceKind Kind, string Child, string Name)
{
    /// <summary>How often, where the row says so.</summary>
    public LaunchCount? Count { get; init; }

    /// <summary>Event time of the first, UTC, where the row says so.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>Event time of the last, UTC, where the row says so.</summary>
    public DateTimeOffset? LastSeen { get; init; }
}

/// <summary>A row of a rule's cap or of a window's sum, and the host or user that it names.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Name">The host or user.</param>
public readonly record struct NamedKey(string Key, string Name);
