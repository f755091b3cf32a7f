namespace Changeling.Backtest.Recordings;

/// <summary>How the messages of a history stood in its files. It is not part of the report, which is the same for every order.</summary>
/// <param name="Files">Number of files.</param>
/// <param name="UnorderedFiles">Number of files with messages that are older than one before them.</param>
/// <param name="Messages">Number of messages with a process start.</param>
/// <param name="Moved">Number of those that are older than one before them in the same file.</param>
/// <param name="Outside">Number of messages that are older than the last days that are used.</param>
public sealed record HistoryOrder(int Files, int UnorderedFiles, long Messages, long Moved, long Outside);
