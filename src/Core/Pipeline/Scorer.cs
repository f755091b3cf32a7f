using Changeling.Deciding;
using Changeling.Events;

namespace Changeling.Pipeline;

/// <summary>Determines what depends on an event alone: the model's prediction, and the matches in the catalogs. Reads no counts.</summary>
internal static class Scorer
{
    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxBehind = TimeSpan.FromDays(30);

    /// <summary>Scores a record, once. What was skipped or could not be read has no event to score.</summary>
    public static void Score(ArrivedRecord record, PipelineSnapshot snapshot) => record.Score(
        static (r, read, snapshot) => snapshot.EvidenceOf(WithBelievableTime(read, r.Message.EnqueuedTime)), snapshot);

    /// <summary>Scores an event before its record arrives. If that fails because of a bug, the record will fail in the same way.</summary>
    public static void ScoreEarly(ProcessEvent e, PipelineSnapshot snapshot)
    {
        try
        {
            snapshot.EvidenceOf(e);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The record becomes a dead letter when it is scored.
        }
    }

    /// <summary>An event time that is impossible is replaced by the enqueued time.</summary>
    private static ProcessEvent WithBelievableTime(ProcessEvent e, DateTimeOffset enqueued) =>
        e.Time > enqueued + MaxAhead || e.Time < enqueued - MaxBehind
            ? e with { Time = enqueued, Notes = e.Notes | EventNotes.TimeSuspect }
            : e;
}
