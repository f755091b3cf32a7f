namespace Changeling.Events;

/// <summary>The process that started the child: the direct parent, never the grandparent.</summary>
public sealed record ParentProcess
{
    /// <summary>Last segment of the path, lower case, without trailing dots and blanks; not folded.</summary>
    public required string Name { get; init; }

    /// <summary>Full path in the source's case, without quotes and device prefixes.</summary>
    public string? Path { get; init; }

    /// <summary>The whole command line as received. May hold secrets and hostile text: never logged.</summary>
    public string? CommandLine { get; init; }

    /// <summary>The process id.</summary>
    public uint? Pid { get; init; }

    /// <summary>The source's own unique id of the process.</summary>
    public string? Guid { get; init; }
}
