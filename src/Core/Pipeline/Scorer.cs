using Changeling.Deciding;
using Changeling.Events;
using Changeling.Rules;

namespace Changeling.Pipeline;

/// <summary>What an event says by itself: the model's prediction, and what catalogs know of the launch. Asks no count.</summary>
internal static class Scorer
{
    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxBehind = TimeSpan.FromDays(30);

    /// <summary>Scores a record, once.</summary>
    /// <returns>Whether there is an event to decide on: not for what was skipped, could not be read, or could not be scored.</returns>
    public static bool Score(ArrivedRecord record, PipelineSnapshot snapshot) => record.TryScore((r, read) =>
    {
        var e = WithBelievableTime(read, r.Message.EnqueuedTime);
        return Evidence.Of(e, snapshot.Model.Predict(e));
    });

    /// <summary>A time that no endpoint can have had gives way to the broker's.</summary>
    private static ProcessEvent WithBelievableTime(ProcessEvent e, DateTimeOffset enqueued) =>
        e.Time > enqueued + MaxAhead || e.Time < enqueued - MaxBehind
            ? e with { Time = enqueued, Notes = e.Notes | EventNotes.TimeSuspect }
            : e;
}
