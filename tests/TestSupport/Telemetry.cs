using System.Text;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.TestSupport;

/// <summary>Messages as Winlogbeat sends them, for tests that need bytes on their way.</summary>
public static class Telemetry
{
    /// <summary>
    /// One Sysmon process creation. A SID as the parent stands there as it is, as from a parser that slipped by one field.
    /// </summary>
    public static byte[] Record(
        string parent, string child, string? commandLine =
            null, DateTimeOffset? time = null, string? guid = null, string host = "ws-0417", string? parentGuid = null) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["@timestamp"] = (time ?? Some.Time).UtcDateTime.ToString("O"),
            ["winlog"] = new
            {
                channel = "Microsoft-Windows-Sysmon/Operational",
                provider_name = "Microsoft-Windows-Sysmon",
                event_id = "1",
                computer_name = host,
                event_data = new Dictionary<string, string>
                {
                    ["UtcTime"] = (time ?? Some.Time).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff"),
                    ["ProcessGuid"] = guid ?? "{8d3f21b6-5c43-690a-9b01-000000002f00}",
                    ["ProcessId"] = "6284",
                    ["Image"] = @"C:\Windows\System32\" + child,
                    ["CommandLine"] = commandLine ?? child,
                    ["User"] = @"CORP\mara.lind",
                    ["IntegrityLevel"] = "Medium",
                    [parentGuid is null ? "Unused" : "ParentProcessGuid"] = parentGuid ?? "",
                    ["ParentProcessId"] = "9120",
                    ["ParentImage"] = parent.StartsWith("S-1-", StringComparison.Ordinal) ? parent : @"C:\Windows\" + parent,
                },
            },
        }));

    public static TelemetryMessage Message(long sequenceNumber, byte[] body, DateTimeOffset? enqueued = null) =>
        new(sequenceNumber, enqueued ?? Some.Time.AddSeconds(sequenceNumber), body);

    /// <summary>One message with many records, as an array.</summary>
    public static byte[] Many(params byte[][] records) =>
        [(byte)'[', .. records.SelectMany((r, i) => i == 0 ? r : [(byte)',', .. r]), (byte)']'];
}
