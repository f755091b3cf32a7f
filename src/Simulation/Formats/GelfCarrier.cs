using System.Globalization;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.Simulation.Formats;

/// <summary>GELF as NXLog writes it, one event a message.</summary>
internal sealed class GelfCarrier : IWindowsCarrier
{
    public string Format => SourceFormats.Gelf;

    public string Time(DateTimeOffset time) => Seconds(time).ToString(CultureInfo.InvariantCulture);

    public void Write(Utf8JsonWriter json, WindowsRecord record)
    {
        var (channel, launch) = (record.Channel, record.Launch);
        json.WriteStartObject();
        json.WriteString("version", "1.1");
        json.WriteString("host", record.Host.FullName);
        json.WriteString("short_message", channel.Action);
        json.WriteNumber("timestamp", Seconds(launch.Time));
        json.WriteNumber("level", 6);
        json.WriteNumber("_EventID", int.Parse(channel.EventId, CultureInfo.InvariantCulture));
        json.WriteString("_SourceName", channel.Provider);
        json.WriteString("_Channel", channel.Name);
        json.WriteNumber("_RecordNumber", launch.Number);
        json.WriteNumber("_ExecutionProcessID", record.LoggerPid);
        foreach (var (name, value) in record.Data) json.WriteString($"_{name}", value);
        json.WriteEndObject();
    }

    private static decimal Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000m;
}
