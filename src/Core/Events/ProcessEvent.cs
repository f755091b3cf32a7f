namespace Changeling.Events;

/// <summary>
/// One process creation, normalised from whatever format a collector sent. A value that the source does not have is
/// <see langword="null"/>, never an empty string, <c>-</c> or <c>unknown</c>; <see cref="Missing"/> lists those.
/// </summary>
public sealed record ProcessEvent
{
    /// <summary>When the process started, on the endpoint's clock, UTC, 100 ns. Not yet checked against the hub's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The endpoint on which the process started.</summary>
    public required HostIdentity Host { get; init; }

    /// <summary>The account that the new process runs as; not the account that created it.</summary>
    public UserIdentity? User { get; init; }

    /// <summary>The process that was started.</summary>
    public required ChildProcess Child { get; init; }

    /// <summary>
    /// The direct parent; <see langword="null"/> when the source does not know it, or names something that is not a program (then
    /// <see cref="EventNotes.ParentInvalid"/> is set). An event without a parent is scored, never counted.
    /// </summary>
    public ParentProcess? Parent { get; init; }

    /// <summary>The format id that the record was read as, from <see cref="SourceFormats"/>.</summary>
    public required string Format { get; init; }

    /// <summary>
    /// The source's own identity of the event, lower case, parts joined with <c>|</c>: the same event gives the same text whenever it is
    /// delivered again. <see langword="null"/> when the format gives none. Made from the raw time.
    /// </summary>
    public string? SourceIdentity { get; init; }

    /// <summary>What a reader or the pipeline had to note about the event.</summary>
    public EventNotes Notes { get; init; }

    /// <summary>
    /// Names of the fields that this event's source could not fill (<c>user.sid</c>, <c>process.signature</c>, …), in the
    /// order of the process event's table. Evidence for people; never an input of the model.
    /// </summary>
    public IReadOnlyList<string> Missing => MissingFields.Of(this);
}
