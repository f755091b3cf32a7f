using System.Globalization;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.Simulation.Formats;

/// <summary>Splunk's HTTP Event Collector with the event as XML, one event a message.</summary>
internal sealed class SplunkHecCarrier : IWindowsCarrier
{
    public string Format => SourceFormats.SplunkHec;

    public string Time(DateTimeOffset time) => Iso.Ticks(time);

    public void Write(Utf8JsonWriter json, WindowsRecord record)
    {
        json.WriteStartObject();
        json.WriteNumber("time", record.Launch.Time.ToUnixTimeMilliseconds() / 1000m);
        json.WriteString("host", record.Host.Name.ToUpper(CultureInfo.InvariantCulture));
        json.WriteString("source", $"XmlWinEventLog:{record.Channel.Name}");
        json.WriteString("sourcetype", "XmlWinEventLog");
        json.WriteString("index", "wineventlog");
        json.WriteString("event", EventXmlText.Of(record));
        json.WriteEndObject();
    }
}
