using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>The child or the parent of a process creation, normalised from the values of the source.</summary>
/// <param name="path">The full path, or the value that the source has instead.</param>
/// <param name="name">The file name where the source has a field for it; else it is taken from the path.</param>
internal readonly struct ProcessDraft(string? path, string? name = null)
{
    /// <summary>The lower-case file name.</summary>
    public string? Name { get; } = FilePath.NameOf(name) ?? FilePath.NameOf(path);

    public string? Path { get; } = FilePath.Normalise(path);

    public string? CommandLine { get; init; }

    public uint? Pid { get; init; }

    public string? Guid { get; init; }

    /// <summary>As a parent, something is named here that is no program.</summary>
    /// <remarks>A full path on a drive is believed whatever it ends in: no other field looks like one.</remarks>
    public bool IsInvalidParent => Name is not null && !ProgramName.IsPlausible(Name) && !FilePath.IsOnDrive(Path);

    /// <summary>The parent, where it is known and plausible.</summary>
    public ParentProcess? AsParent() => Name is null || IsInvalidParent
        ? null
        : new ParentProcess { Name = Name, Path = Path, CommandLine = CommandLine, Pid = Pid, Guid = Guid };
}
