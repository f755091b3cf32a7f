namespace Changeling.Events.Readers;

/// <summary>
/// Where agents and ingest pipelines keep the fields of Windows events under the names of the Elastic Common Schema. Some move a field
/// there, so the copy is read where the original is missing.
/// </summary>
internal sealed class CopiedNames
{
    private readonly (byte[] Name, byte[][] Paths)[] _copies;

    private CopiedNames(params (byte[] Name, byte[][] Paths)[] copies) => _copies = copies;

    /// <summary>Copies of Sysmon's fields. <c>user.id</c> is missing: it is often the log service's.</summary>
    public static CopiedNames Sysmon { get; } = new(
        ([.. "UtcTime"u8], [[.. "process.start"u8]]),
        ([.. "ProcessGuid"u8], [[.. "process.entity_id"u8]]),
        ([.. "ProcessId"u8], [[.. "process.pid"u8]]),
        ([.. "Image"u8], [[.. "process.executable"u8]]),
        ([.. "OriginalFileName"u8], [[.. "process.pe.original_file_name"u8]]),
        ([.. "CommandLine"u8], [[.. "process.command_line"u8]]),
        ([.. "IntegrityLevel"u8], [[.. "process.Ext.token.integrity_level_name"u8]]),
        ([.. "ParentProcessGuid"u8], [[.. "process.parent.entity_id"u8]]),
        ([.. "ParentProcessId"u8], [[.. "process.parent.pid"u8], [.. "process.ppid"u8]]),
        ([.. "ParentImage"u8], [[.. "process.parent.executable"u8]]),
        ([.. "ParentCommandLine"u8], [[.. "process.parent.command_line"u8]]));

    /// <summary>Copies of the fields of Security event 4688.</summary>
    public static CopiedNames Security { get; } = new(
        ([.. "SubjectUserSid"u8], [[.. "user.id"u8]]),
        ([.. "SubjectUserName"u8], [[.. "user.name"u8]]),
        ([.. "SubjectDomainName"u8], [[.. "user.domain"u8]]),
        ([.. "TargetUserSid"u8], [[.. "user.effective.id"u8], [.. "user.target.id"u8]]),
        ([.. "TargetUserName"u8], [[.. "user.effective.name"u8], [.. "user.target.name"u8]]),
        ([.. "TargetDomainName"u8], [[.. "user.effective.domain"u8], [.. "user.target.domain"u8]]),
        ([.. "NewProcessId"u8], [[.. "process.pid"u8]]),
        ([.. "NewProcessName"u8], [[.. "process.executable"u8]]),
        ([.. "CommandLine"u8], [[.. "process.command_line"u8]]),
        ([.. "TokenElevationType"u8], [[.. "process.Ext.token.elevation_level"u8]]),
        ([.. "MandatoryLabel"u8], [[.. "process.Ext.token.integrity_level_name"u8]]),
        ([.. "ProcessId"u8], [[.. "process.parent.pid"u8], [.. "process.ppid"u8]]),
        ([.. "ParentProcessName"u8], [[.. "process.parent.executable"u8]]));

    /// <summary>The places of the copies of a field, in order of preference.</summary>
    public ReadOnlySpan<byte[]> Of(ReadOnlySpan<byte> name)
    {
        foreach (var (copied, paths) in _copies)
        {
            if (name.SequenceEqual(copied)) return paths;
        }

        return default;
    }
}
