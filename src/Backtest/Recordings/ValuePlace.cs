namespace Changeling.Backtest.Recordings;

/// <summary>A place between two values of a stream.</summary>
/// <param name="Position">Bytes of the text before it.</param>
/// <param name="IsInArray">Whether it lies in a top-level array.</param>
public readonly record struct ValuePlace(long Position, bool IsInArray);
