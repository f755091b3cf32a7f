using Changeling.Deciding;
using Changeling.Events;

namespace Changeling.Pipeline;

/// <summary>Determines what depends on an event alone: the model's prediction, and the matches in the catalogs. Reads no counts.</summary>
internal static class Scorer
{
    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxBehind = TimeSpan.FromDays(30);

    /// <summary>Scores a record, once.</summary>
    /// <returns>Whether there is an event to decide on: not for what was skipped, could not be read, or could not be scored.</returns>
    public static bool Score(ArrivedRecord record, PipelineSnapshot snapshot) => record.TryScore((r, read) =>
    {
        var e = WithBelievableTime(read, r.Message.EnqueuedTime);
        return snapshot.EvidenceOf(e);
    });

    /// <summary>An event time that is impossible is replaced by the enqueued time.</summary>
    private static ProcessEvent WithBelievableTime(ProcessEvent e, DateTimeOffset enqueued) =>
        e.Time > enqueued + MaxAhead || e.Time < enqueued - MaxBehind
            ? e with { Time = enqueued, Notes = e.Notes | EventNotes.TimeSuspect }
            : e;
}
