using Changeling.Counts;

namespace Changeling.Storing;

/// <summary>One page of rows of a partition.</summary>
/// <param name="Rows">In order of key.</param>
/// <param name="Last">Where to continue; <see langword="null"/> at the end. A page can be empty without being the last.</param>
public sealed record RowPage<T>(IReadOnlyList<T> Rows, string? Last);

/// <summary>A launch row with its key.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Group">The beginning of the key that all rows of the parent share: it orders parents in the store's order.</param>
/// <param name="Parent">Folded name of the parent.</param>
/// <param name="Row">The row.</param>
public sealed record LaunchEntry(string Key, string Group, string Parent, CountRow Row);

/// <summary>A detection with its key.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Detection">The detection.</param>
public sealed record DetectionEntry(string Key, StoredDetection Detection);

/// <summary>A row of signals with its key.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Signals">The signals.</param>
public sealed record SignalsEntry(string Key, StoredSignals Signals);

/// <summary>A row's key and kind.</summary>
/// <param name="Key">The key.</param>
/// <param name="IsDetection">Whether it is a row of the outbox.</param>
public readonly record struct RowKey(string Key, bool IsDetection);

/// <summary>A child that was classified as malicious on a host or for a user.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Kind">Host or user.</param>
/// <param name="Child">Folded name of the child.</param>
/// <param name="Name">The host or user.</param>
public sealed record Occurrence(string Key, OccurrenceKind Kind, string Child, string Name)
{
    /// <summary>The count, if the row has it.</summary>
    public LaunchCount? Count { get; init; }

    /// <summary>Event time of the first occurrence, UTC, if the row has it.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>Event time of the last occurrence, UTC, if the row has it.</summary>
    public DateTimeOffset? LastSeen { get; init; }
}

/// <summary>A row of a rule's cap or of a window's sum, and the host or user that it names.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Name">The host or user.</param>
public readonly record struct NamedKey(string Key, string Name);
