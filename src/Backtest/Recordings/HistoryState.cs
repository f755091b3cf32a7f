namespace Changeling.Backtest.Recordings;

/// <summary>How far a history is read.</summary>
public sealed record HistoryState(
    int File, ValuePlace Place, DateTimeOffset Clock, IReadOnlyDictionary<string, long> SequenceNumbers, long Count, long Bytes,
    int LateEvents);
