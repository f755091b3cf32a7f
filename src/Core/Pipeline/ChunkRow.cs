using Changeling.Storing;

namespace Changeling.Pipeline;

/// <summary>A row that a decision may change besides its launch.</summary>
/// <param name="Key">Identifies the row: rows with the same key need room only once.</param>
/// <param name="IsBody">Whether the row is as large as a detection's.</param>
/// <param name="Reasons">
/// For a detection's row, which is a new one each time: what may let it through, each with how often it does so at most.
/// </param>
internal readonly record struct ChunkRow(object Key, bool IsBody = false, IReadOnlyList<(object Key, int? Max)>? Reasons = null)
{
    /// <summary>A row with nothing special.</summary>
    public static ChunkRow Other(object key) => new(key);

    /// <summary>A row that signals share.</summary>
    /// <param name="number">Its number in the chunk, from 0.</param>
    public static ChunkRow Signals(int number) => new((typeof(StoredSignals), number), IsBody: true);

    /// <summary>The detection of one launch.</summary>
    /// <param name="rules">
    /// The rules that fired: a key, under which a cap lets through at most <c>Max</c>; <see langword="null"/> without a cap.
    /// </param>
    public static ChunkRow Detection(IReadOnlyList<(object Key, int? Max)> rules) => new(rules, Reasons: rules);
}
