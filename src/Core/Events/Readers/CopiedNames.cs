using System.Collections.Frozen;

namespace Changeling.Events.Readers;

/// <summary>
/// Where agents and ingest pipelines keep the fields of Windows events under the names of the Elastic Common Schema. Some move a field
/// there, so the copy is read where the original is missing.
/// </summary>
internal static class CopiedNames
{
    /// <summary>Copies of Sysmon's fields. <c>user.id</c> is missing: it is often the log service's.</summary>
    public static FrozenDictionary<string, string[]> Sysmon { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["UtcTime"] = ["process.start"],
        ["ProcessGuid"] = ["process.entity_id"],
        ["ProcessId"] = ["process.pid"],
        ["Image"] = ["process.executable"],
        ["OriginalFileName"] = ["process.pe.original_file_name"],
        ["CommandLine"] = ["process.command_line"],
        ["IntegrityLevel"] = ["process.Ext.token.integrity_level_name"],
        ["ParentProcessGuid"] = ["process.parent.entity_id"],
        ["ParentProcessId"] = ["process.parent.pid", "process.ppid"],
        ["ParentImage"] = ["process.parent.executable"],
        ["ParentCommandLine"] = ["process.parent.command_line"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Copies of the fields of Security event 4688.</summary>
    public static FrozenDictionary<string, string[]> Security { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["SubjectUserSid"] = ["user.id"],
        ["SubjectUserName"] = ["user.name"],
        ["SubjectDomainName"] = ["user.domain"],
        ["TargetUserSid"] = ["user.effective.id", "user.target.id"],
        ["TargetUserName"] = ["user.effective.name", "user.target.name"],
        ["TargetDomainName"] = ["user.effective.domain", "user.target.domain"],
        ["NewProcessId"] = ["process.pid"],
        ["NewProcessName"] = ["process.executable"],
        ["CommandLine"] = ["process.command_line"],
        ["TokenElevationType"] = ["process.Ext.token.elevation_level"],
        ["MandatoryLabel"] = ["process.Ext.token.integrity_level_name"],
        ["ProcessId"] = ["process.parent.pid", "process.ppid"],
        ["ParentProcessName"] = ["process.parent.executable"],
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
