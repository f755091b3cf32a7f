using Changeling.Events;

namespace Changeling.Training;

/// <summary>One labelled process creation of a training corpus.</summary>
public sealed record CorpusRow
{
    /// <summary>The row's stable id.</summary>
    public required string Id { get; init; }

    /// <summary>The corpus file it came from, without extensions: <c>recorded</c>, <c>synthetic</c>, …</summary>
    public required string File { get; init; }

    /// <summary>What the file is for. A file outside the manifest has the role that its rows say: recorded, or made.</summary>
    public required CorpusRole Role { get; init; }

    /// <summary>Where the corpus has it from: repository and path.</summary>
    public required string Source { get; init; }

    /// <summary>One recording, one rule or one test: never on both sides of a split.</summary>
    public required string Dataset { get; init; }

    /// <summary>The format it was recorded in, in the corpus's words.</summary>
    public required string Format { get; init; }

    /// <summary>When it started; <see langword="null"/> for rows that were made or carry no time.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>1 attack, 0 ordinary, <see langword="null"/> undecided: left out of training and evaluation.</summary>
    public int? Label { get; init; }

    /// <summary>An attack's step that is everyday administration on its own: left out of training, counted apart in evaluation.</summary>
    public bool IsWeak { get; init; }

    /// <summary>ATT&amp;CK ids that the source names; none for ordinary rows.</summary>
    public IReadOnlyList<string> Techniques { get; init; } = [];

    /// <summary>Hash of parent name, child name and normalised command line.</summary>
    public required string TupleId { get; init; }

    /// <summary>How often the tuple occurs in its file, at least 1.</summary>
    public int TupleCount { get; init; } = 1;

    /// <summary>Whether the parent was concluded from a description or a script, not recorded.</summary>
    public bool IsParentInferred { get; init; }

    /// <summary>Whether the source has no command lines, so that an absent one says nothing about the launch.</summary>
    public bool HasNoCommandLine { get; init; }

    /// <summary>The row as a process event; a row without a time has the Unix epoch there.</summary>
    public required ProcessEvent Event { get; init; }

    /// <summary>The repository of <see cref="Source"/>.</summary>
    public string Repository => Source.Split(':')[0];

    /// <summary>Whether it is from a recording: the cross-validation of a training measures these.</summary>
    public bool IsRecorded => Role is CorpusRole.Recorded or CorpusRole.RecordedOrdinary;

    /// <summary>Whether it is from a real incident, machine or script, without the fields of a recording.</summary>
    public bool IsWild => Role is CorpusRole.WildAttacks or CorpusRole.WildOrdinary or CorpusRole.WildAdministration;

    /// <summary>Whether it was made from text: it helps to train and to find false alarms.</summary>
    public bool IsMade => Role is CorpusRole.Synthetic or CorpusRole.BenignSynthetic;

    /// <summary>How reports name the kind of row: <c>recorded</c>, <c>wild</c> or <c>made</c>.</summary>
    public string Kind => IsRecorded ? "recorded" : IsWild ? "wild" : "made";
}
