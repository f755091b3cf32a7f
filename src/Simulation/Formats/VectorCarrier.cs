using System.Globalization;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.Simulation.Formats;

/// <summary>Vector's <c>windows_event_log</c>, one event a message.</summary>
internal sealed class VectorCarrier : IWindowsCarrier
{
    public string Format => SourceFormats.Vector;

    public string Time(DateTimeOffset time) => Iso.Milliseconds(time);

    public void Write(Utf8JsonWriter json, WindowsRecord record)
    {
        var (channel, launch) = (record.Channel, record.Launch);
        json.WriteStartObject();
        json.WriteString("channel", channel.Name);
        json.WriteString("computer", record.Host.FullName);
        json.WriteString("host", record.Host.FullName);
        json.WriteNumber("event_id", int.Parse(channel.EventId, CultureInfo.InvariantCulture));
        json.WriteNumber("record_id", launch.Number);
        json.WriteString("provider_name", channel.Provider);
        json.WriteString("provider_guid", channel.ProviderGuid);
        json.WriteString("level", "Information");
        json.WriteNumber("process_id", record.LoggerPid);
        json.WriteString("source_type", "windows_event_log");
        json.WriteString("timestamp", Time(launch.Time));
        json.WriteNumber("version", channel.Version);
        json.WriteStartObject("event_data");
        foreach (var (name, value) in record.Data) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
