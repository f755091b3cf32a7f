using System.Text.Json;
using Changeling.Simulation.Fleet;
using Changeling.Simulation.Running;

namespace Changeling.Simulation.Formats;

/// <summary>What differs between the logs that Winlogbeat reads.</summary>
internal sealed record WinlogbeatChannel(string Name, string Provider, string ProviderGuid, string EventId, string Action, int Version)
{
    public static WinlogbeatChannel Sysmon { get; } = new(
        "Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon", "{5770385f-c22a-43e0-bf4c-06f5698ffbd9}", "1",
        "Process Create (rule: ProcessCreate)", 5);

    public static WinlogbeatChannel Security { get; } = new(
        "Security", "Microsoft-Windows-Security-Auditing", "{54849625-5478-4994-a5ba-3e3b0328c30d}", "4688", "Process Creation", 2);
}

/// <summary>All that is not <c>event_data</c> in a message of Winlogbeat 9.</summary>
internal static class WinlogbeatEnvelope
{
    public static void Write(Utf8JsonWriter json, WinlogbeatChannel channel, SimulatedLaunch launch, SimulatedHost host, Action data)
    {
        var isSysmon = channel == WinlogbeatChannel.Sysmon;
        json.WriteStartObject();
        json.WriteString("@timestamp", Iso.Milliseconds(launch.Time));
        Object(json, "@metadata", ("beat", "winlogbeat"), ("type", "_doc"), ("version", "9.1.4"));
        Object(
            json,
            "event",
            ("kind", "event"),
            ("code", channel.EventId),
            ("provider", channel.Provider),
            ("action", channel.Action),
            ("created", Iso.Milliseconds(launch.Time.AddMilliseconds(1621))));
        Object(json, "host", ("name", host.FullName));
        Object(json, "log", ("level", "information"));
        Object(json, "ecs", ("version", "8.0.0"));
        Object(json, "agent", ("id", host.MachineId.ToString()), ("name", host.Name), ("type", "winlogbeat"), ("version", "9.1.4"));
        json.WriteStartObject("winlog");
        json.WriteString("channel", channel.Name);
        json.WriteString("provider_name", channel.Provider);
        json.WriteString("provider_guid", channel.ProviderGuid);
        json.WriteString("event_id", channel.EventId);
        json.WriteNumber("version", channel.Version);
        json.WriteNumber("record_id", launch.Number);
        json.WriteString("computer_name", host.FullName);
        json.WriteString("opcode", "Info");
        json.WriteStartObject("process");
        json.WriteNumber("pid", isSysmon ? 3188 : 4);
        json.WriteStartObject("thread");
        json.WriteNumber("id", isSysmon ? 4100 : 7560);
        json.WriteEndObject();
        json.WriteEndObject();
        if (isSysmon) Object(json, "user", ("identifier", "S-1-5-18"), ("name", "SYSTEM"), ("domain", "NT AUTHORITY"), ("type", "User"));
        json.WriteStartObject("event_data");
        data();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Object(Utf8JsonWriter json, string name, params (string Name, string Value)[] values)
    {
        json.WriteStartObject(name);
        foreach (var value in values) json.WriteString(value.Name, value.Value);
        json.WriteEndObject();
    }
}
