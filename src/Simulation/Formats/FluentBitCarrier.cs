using System.Globalization;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.Simulation.Formats;

/// <summary>Fluent Bit's <c>winevtlog</c>: values by position, times in whole seconds, one event a message.</summary>
internal sealed class FluentBitCarrier : IWindowsCarrier
{
    public string Format => SourceFormats.FluentBit;

    public string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    public DateTimeOffset Kept(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    public void Write(Utf8JsonWriter json, WindowsRecord record)
    {
        var (channel, launch) = (record.Channel, record.Launch);
        json.WriteStartObject();
        json.WriteNumber("@timestamp", launch.Time.ToUnixTimeSeconds());
        json.WriteString("ProviderName", channel.Provider);
        json.WriteString("ProviderGuid", channel.ProviderGuid);
        json.WriteNumber("EventID", int.Parse(channel.EventId, CultureInfo.InvariantCulture));
        json.WriteNumber("Version", channel.Version);
        json.WriteString("TimeCreated", Time(launch.Time));
        json.WriteNumber("EventRecordID", launch.Number);
        json.WriteNumber("ProcessID", record.LoggerPid);
        json.WriteString("Channel", channel.Name);
        json.WriteString("Computer", record.Host.FullName);
        json.WriteStartArray("StringInserts");
        foreach (var (_, value) in record.Data) json.WriteStringValue(value);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
