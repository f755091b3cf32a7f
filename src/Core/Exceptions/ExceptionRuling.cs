namespace Changeling.Exceptions;

/// <summary>The result of the exceptions for one launch or one cluster.</summary>
/// <param name="Suppressed">The exception that suppresses a rule's detection, by the rule's id.</param>
/// <param name="Unsummed">The exception that keeps the launch out of the sums of the cluster rules.</param>
/// <param name="Near">Those that nearly suppressed a detection that is sent, in order of id, at most <see cref="MaxNear"/>.</param>
public sealed record ExceptionRuling(
    IReadOnlyDictionary<string, ExceptionItem> Suppressed, ExceptionItem? Unsummed, IReadOnlyList<NearMiss> Near)
{
    /// <summary>Maximum number of near misses of a launch or cluster that are counted and reported: each changes a row.</summary>
    public const int MaxNear = 10;

    /// <summary>No exception matches or nearly matches.</summary>
    public static ExceptionRuling None { get; } = new(new Dictionary<string, ExceptionItem>(), null, []);

    /// <summary>The exceptions that are hit, each once.</summary>
    public IEnumerable<string> Hits =>
        Suppressed.Values.Concat(Unsummed is null ? [] : [Unsummed]).Select(item => item.Id).Distinct(StringComparer.Ordinal);
}

/// <summary>An exception that differs in exactly one condition.</summary>
/// <param name="Item">The exception.</param>
/// <param name="DiffersIn">The field that differs, or <c>expires</c>.</param>
public sealed record NearMiss(ExceptionItem Item, string DiffersIn);

/// <summary>What a detection reports about the exceptions.</summary>
/// <param name="Consulted">Enabled exceptions for its rule.</param>
/// <param name="Near">Those of its rule that nearly matched.</param>
/// <param name="Matched">The one that suppresses it; <see langword="null"/> for none.</param>
public sealed record ExceptionEvidence(int Consulted, IReadOnlyList<NearMiss> Near, ExceptionItem? Matched);
