using System.Globalization;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.Simulation.Formats;

/// <summary>OpenTelemetry Collector's <c>windowseventlog</c> in OTLP JSON, several log records a message.</summary>
internal sealed class OtelCarrier : IWindowsCarrier
{
    public string Format => SourceFormats.Otel;

    public int RecordsPerMessage => 16;

    public string Time(DateTimeOffset time) => Iso.Ticks(time);

    public void Write(Utf8JsonWriter json, IReadOnlyList<WindowsRecord> records)
    {
        json.WriteStartObject();
        json.WriteStartArray("resourceLogs");
        json.WriteStartObject();
        json.WriteStartObject("resource");
        json.WriteEndObject();
        json.WriteStartArray("scopeLogs");
        json.WriteStartObject();
        json.WriteStartObject("scope");
        json.WriteEndObject();
        json.WriteStartArray("logRecords");
        foreach (var record in records) Write(json, record);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void Write(Utf8JsonWriter json, WindowsRecord record)
    {
        var (channel, launch) = (record.Channel, record.Launch);
        json.WriteStartObject();
        json.WriteString("timeUnixNano", Nanoseconds(launch.Time));
        json.WriteString("observedTimeUnixNano", Nanoseconds(launch.Time.AddMilliseconds(611)));
        json.WriteNumber("severityNumber", 9);
        json.WriteString("severityText", "Information");
        json.WriteStartObject("body");
        WriteMap(json, () =>
        {
            WriteText(json, "channel", channel.Name);
            WriteText(json, "computer", record.Host.FullName);
            WritePair(json, "event_id", () => WriteMap(json, () => WriteInteger(json, "id", channel.EventId)));
            WriteText(json, "level", "Information");
            WritePair(json, "provider", () => WriteMap(json, () =>
            {
                WriteText(json, "name", channel.Provider);
                WriteText(json, "guid", channel.ProviderGuid);
            }));
            WriteInteger(json, "record_id", launch.Number.ToString(CultureInfo.InvariantCulture));
            WriteText(json, "system_time", Time(launch.Time));
            WritePair(json, "event_data", () => WriteMap(json, () =>
            {
                foreach (var (name, value) in record.Data) WriteText(json, name, value);
            }));
        });
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Nanoseconds(DateTimeOffset time) =>
        ((time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick).ToString(CultureInfo.InvariantCulture);

    private static void WriteMap(Utf8JsonWriter json, Action pairs)
    {
        json.WriteStartObject("kvlistValue");
        json.WriteStartArray("values");
        pairs();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePair(Utf8JsonWriter json, string key, Action value)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteStartObject("value");
        value();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string key, string text) =>
        WritePair(json, key, () => json.WriteString("stringValue", text));

    private static void WriteInteger(Utf8JsonWriter json, string key, string number) =>
        WritePair(json, key, () => json.WriteString("intValue", number));
}
