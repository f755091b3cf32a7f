namespace Changeling.Events;

/// <summary>What became of one record of a message: exactly one of the three nested kinds.</summary>
public abstract record RecordOutcome
{
    private RecordOutcome()
    {
    }

    /// <summary>The record is a process creation and was read.</summary>
    /// <param name="Event">The normalised event.</param>
    public sealed record Read(ProcessEvent Event) : RecordOutcome;

    /// <summary>
    /// The record is of a known format but not a process creation (another table, another event id, a process end), or the
    /// message held no record at all (format <c>none</c>, kind <c>no records</c>). Counted, never a dead letter.
    /// </summary>
    /// <param name="Format">The format id from <see cref="SourceFormats"/>.</param>
    /// <param name="Kind">What it was instead. It becomes one of <see cref="SkippedKinds"/>, for example <c>event 5</c>.</param>
    public sealed record Skipped(string Format, string Kind) : RecordOutcome
    {
        /// <summary>What it was instead: one of <see cref="SkippedKinds"/>, whatever the reader found.</summary>
        public string Kind { get; } = SkippedKinds.Of(Kind);

        /// <summary>
        /// A process that ran already when the sensor started: no launch, but other records of the message may name it as parent.
        /// </summary>
        internal ProcessEvent? Running { get; init; }
    }

    /// <summary>The record could not be read; it becomes a dead letter.</summary>
    /// <param name="Reason">One of <see cref="DeadLetterReasons"/>.</param>
    /// <param name="Detail">For a person: which field or byte, and the top-level property names; never values of the event.</param>
    /// <param name="Body">The bytes of the record (of the whole message when it could not be peeled), kept for a retry.</param>
    public sealed record Unreadable(string Reason, string Detail, DeadBody Body) : RecordOutcome
    {
        /// <summary>What looks like no format, or broke before its format was detected.</summary>
        public const string NoFormat = "unknown";

        /// <summary>The format id from <see cref="SourceFormats"/> that the record looked like, or <see cref="NoFormat"/>.</summary>
        public string Format { get; init; } = NoFormat;
    }
}
