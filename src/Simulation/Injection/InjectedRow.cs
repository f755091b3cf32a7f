using Changeling.Events;

namespace Changeling.Simulation.Injection;

/// <summary>A labelled process start of a corpus, as it is to happen on a simulated host.</summary>
public sealed record InjectedRow
{
    /// <summary>One recording or rule: the chain of an attack.</summary>
    public required string Dataset { get; init; }

    /// <summary>1 attack, 0 ordinary, <see langword="null"/> undecided.</summary>
    public int? Label { get; init; }

    /// <summary>An attack's step that is everyday administration on its own.</summary>
    public bool IsWeak { get; init; }

    /// <summary>ATT&amp;CK ids, joined with a comma, where the corpus names any.</summary>
    public string? Technique { get; init; }

    /// <summary>When it was recorded; only order and gaps of a chain are kept.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The recorded host; each one of a chain becomes a simulated host.</summary>
    public string? Host { get; init; }

    /// <summary><c>DOMAIN\name</c>; service accounts stay, anybody else becomes the simulated host's person.</summary>
    public string? User { get; init; }

    /// <summary>The mandatory integrity level.</summary>
    public IntegrityLevel? Integrity { get; init; }

    /// <summary>The program that was started.</summary>
    public required RecordedProgram Child { get; init; }

    /// <summary>The program that started it; <see langword="null"/> when the recording does not know.</summary>
    public RecordedProgram? Parent { get; init; }

    /// <summary>The version resource's original file name.</summary>
    public string? OriginalFileName { get; init; }

    /// <summary>The version resource's company.</summary>
    public string? Company { get; init; }

    /// <summary>What makes it one of many alike.</summary>
    public required string Combination { get; init; }

    /// <summary>The simulated collectors always know the parent: a row without one cannot be simulated.</summary>
    public bool CanBePlaced => Parent is not null;
}

/// <summary>One side of a recorded start.</summary>
/// <param name="Path">Full path, or the file name where only that is known.</param>
/// <param name="CommandLine">The command line; empty where none was recorded.</param>
/// <param name="Guid">Sysmon's process guid.</param>
/// <param name="Pid">The recorded process id; only connects rows that belong together.</param>
public sealed record RecordedProgram(string Path, string CommandLine, string? Guid, long? Pid)
{
    /// <summary>Lower-case file name.</summary>
    public string Name => Path[(Path.LastIndexOf('\\') + 1)..].ToLowerInvariant();
}
