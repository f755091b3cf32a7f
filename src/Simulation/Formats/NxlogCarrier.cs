using System.Globalization;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.Simulation.Formats;

/// <summary>NXLog's <c>to_json()</c>: all fields in one object, one event a message.</summary>
internal sealed class NxlogCarrier : IWindowsCarrier
{
    public string Format => SourceFormats.FlatWindows;

    /// <summary>NXLog 5 and later write the zone.</summary>
    public string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);

    public void Write(Utf8JsonWriter json, WindowsRecord record)
    {
        var (channel, launch) = (record.Channel, record.Launch);
        json.WriteStartObject();
        json.WriteString("EventTime", Time(launch.Time));
        json.WriteString("Hostname", record.Host.FullName);
        json.WriteNumber("EventID", int.Parse(channel.EventId, CultureInfo.InvariantCulture));
        json.WriteString("SourceName", channel.Provider);
        json.WriteString("ProviderGuid", channel.ProviderGuid);
        json.WriteString("Channel", channel.Name);
        json.WriteNumber("RecordNumber", launch.Number);
        json.WriteNumber("ExecutionProcessID", record.LoggerPid);
        foreach (var (name, value) in record.Data) json.WriteString(name, value);
        json.WriteEndObject();
    }
}
