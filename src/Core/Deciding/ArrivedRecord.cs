using Changeling.Counts;
using Changeling.Events;
using Changeling.Rules;

namespace Changeling.Deciding;

/// <summary>One record of a batch on its way through the pipeline: what was read, its position, and the model's prediction.</summary>
internal sealed class ArrivedRecord(EventPartition partition, TelemetryMessage message, RecordOutcome outcome)
{
    public EventPartition Partition => partition;

    public TelemetryMessage Message => message;

    /// <summary>Replaced by a dead letter if the record cannot be decided on or committed.</summary>
    public RecordOutcome Outcome { get; private set; } = outcome;

    public Place Place { get; set; }

    /// <summary>
    /// The part of the evidence that depends on the event alone and not on counts. It is kept when a record is decided again.
    /// </summary>
    public Evidence? Scored { get; private set; }

    public ProcessEvent? Event => (Outcome as RecordOutcome.Read)?.Event;

    /// <summary>The lineage to count; <see langword="null"/> without a believable parent.</summary>
    public Lineage? Lineage { get; private set; } = LineageOf(outcome);

    /// <summary>Folded name of the child; <see langword="null"/> for what is not a process event.</summary>
    public string? Child => Lineage?.Child ?? (Event is { } e ? LineageName.Fold(e.Child.Name) : null);

    public DeadLetter? DeadLetter => Outcome is RecordOutcome.Unreadable u
        ? new DeadLetter(Place.Position, message.EnqueuedTime, u.Reason, u.Detail, u.Body)
        : null;

    /// <summary>Scores the event, once. A record without an event stays as it is.</summary>
    /// <param name="score">Makes the evidence; without a closure, because it is called for each record.</param>
    /// <param name="with">What it needs besides the record.</param>
    public void Score<TWith>(Func<ArrivedRecord, ProcessEvent, TWith, Evidence> score, TWith with)
    {
        if (Scored is not null || Event is not { } e) return;
        Scored = Guard(static a => a.Score(a.Record, a.Event, a.With), (Record: this, Event: e, With: with, Score: score));
    }

    /// <summary>
    /// Runs a step. If it throws because of a bug in Changeling, the record becomes a dead letter and the other records are not affected.
    /// </summary>
    /// <returns>The step's result; <see langword="null"/> when the record was given up.</returns>
    public T? Guard<T>(Func<T> step)
        where T : class => Guard(static step => step(), step);

    /// <summary>The same for a step without a closure, which costs an object each time.</summary>
    /// <param name="step">The step.</param>
    /// <param name="with">What it needs.</param>
    public TResult? Guard<TWith, TResult>(Func<TWith, TResult> step, TWith with)
        where TResult : class
    {
        try
        {
            return step(with);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            GiveUp(
                DeadLetterReasons.InternalError,
                $"record {Place.Position.RecordIndex}: {exception.GetType().Name} while judging the event");
            return null;
        }
    }

    /// <summary>Turns the record into a dead letter: it is not counted and makes no detection.</summary>
    public void GiveUp(string reason, string detail)
    {
        Outcome = new RecordOutcome.Unreadable(reason, detail, DeadBody.OfMessage(message.Body))
        {
            Format = Event?.Format ?? RecordOutcome.Unreadable.NoFormat,
        };
        (Lineage, Scored) = (null, null);
    }

    private static Lineage? LineageOf(RecordOutcome outcome) => outcome is RecordOutcome.Read { Event: { Parent: { } parent } e }
        ? Counts.Lineage.Of(parent.Name, e.Child.Name)
        : null;
}
