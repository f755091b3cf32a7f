using System.Text.Json;
using Changeling.Events;

namespace Changeling.Simulation.Formats;

/// <summary>Winlogbeat 9: raw, one event a message.</summary>
internal sealed class WinlogbeatCarrier : IWindowsCarrier
{
    public string Format => SourceFormats.Winlogbeat;

    public string Time(DateTimeOffset time) => Iso.Milliseconds(time);

    public void Write(Utf8JsonWriter json, WindowsRecord record)
    {
        var (channel, launch, host) = (record.Channel, record.Launch, record.Host);
        var isSysmon = channel == WindowsChannel.Sysmon;
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
        foreach (var (name, value) in record.Data) json.WriteString(name, value);
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
