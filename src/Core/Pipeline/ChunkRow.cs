namespace Changeling.Pipeline;

/// <summary>A row that a decision may change.</summary>
/// <param name="Key">Identifies the row: rows with the same key need room only once.</param>
/// <param name="Names">Parent and child of a launch; <see langword="null"/> for any other row.</param>
/// <param name="MaxDetections">Maximum number of rows under this key; <see langword="null"/> for a key without a maximum.</param>
/// <param name="IsDetection">Whether it is a detection's row: each is a new one.</param>
internal readonly record struct ChunkRow(object Key, (string Parent, string Child)? Names, int? MaxDetections, bool IsDetection)
{
    /// <summary>A launch's row.</summary>
    /// <param name="parent">Folded name of the parent.</param>
    /// <param name="row">The child of the row; <see langword="null"/> for the one that many children share.</param>
    /// <param name="child">Folded name of the child.</param>
    public static ChunkRow Launch(string parent, string? row, string child) => new((parent, row), (parent, child), null, false);

    /// <summary>Any other row.</summary>
    public static ChunkRow Other(object key) => new(key, null, null, false);

    /// <summary>A detection; a cap limits how many are reported under one key.</summary>
    public static ChunkRow Detection(object key, int? max) => new(key, null, max, true);
}
