namespace Changeling.RecordedFiles;

/// <summary>A position between two messages of a file.</summary>
/// <param name="Position">Number of bytes of text before it; in a file that is not text, the number of messages.</param>
/// <param name="IsInArray">Whether it is inside a top-level array.</param>
/// <param name="Lost">Bytes that were read in vain up to there, which limits how many more may be.</param>
public readonly record struct ValuePlace(long Position, bool IsInArray, long Lost = 0);
