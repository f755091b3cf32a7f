using Changeling.Sources;

namespace Changeling.Backtest.Recordings;

/// <summary>Messages without a process start: other events, and what cannot be read. They are counted over all files.</summary>
/// <param name="Messages">Number of messages.</param>
/// <param name="Bytes">Number of bytes.</param>
/// <param name="Records">Number of records in them.</param>
/// <param name="Health">The records by kind or reason.</param>
public sealed record OtherMessages(long Messages, long Bytes, long Records, SourceHealthReport Health)
{
    /// <summary>No messages.</summary>
    public static OtherMessages None { get; } = new(0, 0, 0, new SourceHealth().ToReport());
}
