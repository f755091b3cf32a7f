namespace Changeling.Events;

/// <summary>The process that was started.</summary>
public sealed record ChildProcess
{
    /// <summary>Last segment of the path, lower case, without trailing dots and blanks; not folded.</summary>
    public required string Name { get; init; }

    /// <summary>Full path in the source's case, without quotes and device prefixes.</summary>
    public string? Path { get; init; }

    /// <summary>The whole command line as received. May hold secrets and hostile text: never logged.</summary>
    public string? CommandLine { get; init; }

    /// <summary>The process id.</summary>
    public uint? Pid { get; init; }

    /// <summary>The source's own unique id of the process (Sysmon's <c>ProcessGuid</c>, ECS <c>process.entity_id</c>).</summary>
    public string? Guid { get; init; }

    /// <summary>The original file name of the version resource, as given.</summary>
    public string? OriginalFileName { get; init; }

    /// <summary>Hashes of the file, where any is known.</summary>
    public FileHashes? Hashes { get; init; }

    /// <summary>The file's signature, as the source reports it.</summary>
    public CodeSignature? Signature { get; init; }

    /// <summary>The mandatory integrity level of the token.</summary>
    public IntegrityLevel? Integrity { get; init; }

    /// <summary>The elevation type of the token.</summary>
    public TokenElevation? Elevation { get; init; }
}
