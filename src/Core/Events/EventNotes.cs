namespace Changeling.Events;

/// <summary>Remarks about an event from reading it.</summary>
[Flags]
public enum EventNotes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The endpoint's time lay outside the sanity window and was replaced by the enqueued time (set by the pipeline).</summary>
    TimeSuspect = 1,

    /// <summary>The source named a parent that is not a program, for example a label SID from a slipped field.</summary>
    ParentInvalid = 2,

    /// <summary>The parent's path or command line came from a cache of earlier events, not from this one.</summary>
    ParentResolved = 4,

    /// <summary>The source cut the command line.</summary>
    CommandLineTruncated = 8,

    /// <summary>The child's name was taken from the command line because the source gave no path.</summary>
    NameFromCommandLine = 16,

    /// <summary>The record ended before the event did, or could not be read from some point on. What was before it is read.</summary>
    RecordCut = 32,
}
