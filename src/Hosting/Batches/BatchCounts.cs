using Changeling.Pipeline;

namespace Changeling.Hosting.Batches;

/// <summary>The counts of a batch, in the form of its log line.</summary>
internal readonly struct BatchCounts(BatchOutcome outcome)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{outcome.Records} records, {outcome.Scored} scored, {outcome.Replayed} replayed, {outcome.Skipped.Values.Sum()} skipped, " +
        $"{outcome.DeadLetters.Values.Sum()} dead letters, {outcome.Detections.Count} detections{(outcome.Learning ? " (learning)" : "")}, {outcome.Suppressed.Values.Sum()} rules suppressed, " +
        $"{outcome.Commits} commits, {outcome.UnknownCommits} unknown, gap {outcome.SequenceGap}" +
        (outcome.ImplausibleReplays > 0 ? $", {outcome.ImplausibleReplays} implausible replays" : "");
}
