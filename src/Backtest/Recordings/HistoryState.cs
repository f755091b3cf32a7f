namespace Changeling.Backtest.Recordings;

/// <summary>The progress in a history.</summary>
/// <param name="Count">Number of messages so far.</param>
/// <param name="Bytes">Number of bytes of these messages.</param>
/// <param name="LateEvents">Process starts among them from a wrong clock.</param>
/// <param name="SequenceNumbers">The next sequence number of each event partition.</param>
public sealed record HistoryState(long Count, long Bytes, int LateEvents, IReadOnlyDictionary<string, long> SequenceNumbers);
