namespace Changeling.Backtest.Recordings;

/// <summary>A position between two values of a stream.</summary>
/// <param name="Position">Number of bytes before it.</param>
/// <param name="IsInArray">Whether it is inside a top-level array.</param>
public readonly record struct ValuePlace(long Position, bool IsInArray);
