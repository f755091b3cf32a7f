using Changeling.RecordedFiles;

namespace Changeling.Backtest.Recordings;

/// <summary>The progress in a history.</summary>
public sealed record HistoryState(
    int File, ValuePlace Place, DateTimeOffset Clock, IReadOnlyDictionary<string, long> SequenceNumbers, long Count, long Bytes,
    int LateEvents);
