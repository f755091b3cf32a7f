using Changeling.Storing;

namespace Changeling.Pipeline;

/// <summary>A row that a decision may change.</summary>
/// <param name="Key">Identifies the row: rows with the same key need room only once.</param>
/// <param name="Names">Parent and child of a launch; <see langword="null"/> for any other row.</param>
/// <param name="IsBody">Whether the row is as large as a detection's.</param>
/// <param name="Reasons">
/// For a detection's row, which is a new one each time: what may let it through, each with how often it does so at most.
/// </param>
internal readonly record struct ChunkRow(
    object Key, (string Parent, string Child)? Names = null, bool IsBody = false, IReadOnlyList<(object Key, int? Max)>? Reasons = null)
{
    /// <summary>A launch's row.</summary>
    /// <param name="parent">Folded name of the parent.</param>
    /// <param name="row">The child of the row; <see langword="null"/> for the one that many children share.</param>
    /// <param name="child">Folded name of the child.</param>
    public static ChunkRow Launch(string parent, string? row, string child) => new((parent, row), (parent, child));

    /// <summary>Any other row.</summary>
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
