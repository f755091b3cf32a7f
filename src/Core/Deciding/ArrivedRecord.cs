using Changeling.Counts;
using Changeling.Events;
using Changeling.Features;

namespace Changeling.Deciding;

/// <summary>One record of a batch on its way through the pipeline: what was read, where it stands, what the model said.</summary>
internal sealed class ArrivedRecord(EventPartition partition, TelemetryMessage message, RecordOutcome outcome)
{
    public EventPartition Partition => partition;

    public TelemetryMessage Message => message;

    /// <summary>Changes only to a dead letter, when judging or committing the record turns out impossible.</summary>
    public RecordOutcome Outcome { get; private set; } = outcome;

    public Place Place { get; set; }

    /// <summary>Kept when a chunk is decided again: the prediction does not depend on counts.</summary>
    public Prediction? Prediction { get; set; }

    public ProcessEvent? Event => (Outcome as RecordOutcome.Read)?.Event;

    /// <summary>The pair to count; <see langword="null"/> without a believable parent.</summary>
    public Lineage? Lineage { get; private set; } = LineageOf(outcome);

    public DeadLetter? DeadLetter => Outcome is RecordOutcome.Unreadable u
        ? new DeadLetter(Place.Position, message.EnqueuedTime, u.Reason, u.Detail, u.Body)
        : null;

    /// <summary>Gives the record up: it becomes a dead letter, is not counted and makes no detection.</summary>
    public void GiveUp(string reason, string detail)
    {
        Outcome = new RecordOutcome.Unreadable(reason, detail, message.Body) { Format = Event?.Format ?? RecordOutcome.Unreadable.NoFormat };
        Lineage = null;
    }

    private static Lineage? LineageOf(RecordOutcome outcome) => outcome is RecordOutcome.Read { Event: { Parent: { } parent } e }
        ? Counts.Lineage.Of(parent.Name, e.Child.Name)
        : null;
}
