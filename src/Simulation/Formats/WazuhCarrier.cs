using System.Globalization;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.Simulation.Formats;

/// <summary>Wazuh's archive of the Windows event channel, one event a message; its texts are escaped once more than JSON needs.</summary>
internal sealed class WazuhCarrier : IWindowsCarrier
{
    public string Format => SourceFormats.Wazuh;

    public string Time(DateTimeOffset time) => Iso.Ticks(time);

    public void Write(Utf8JsonWriter json, WindowsRecord record)
    {
        var (channel, launch) = (record.Channel, record.Launch);
        json.WriteStartObject();
        json.WriteString("timestamp", Iso.Milliseconds(launch.Time.AddMilliseconds(1734)));
        json.WriteStartObject("agent");
        json.WriteString("id", record.Host.Index.ToString("000", CultureInfo.InvariantCulture));
        json.WriteString("name", record.Host.Name);
        json.WriteEndObject();
        json.WriteStartObject("decoder");
        json.WriteString("name", "windows_eventchannel");
        json.WriteEndObject();
        json.WriteStartObject("data");
        json.WriteStartObject("win");
        json.WriteStartObject("system");
        json.WriteString("providerName", channel.Provider);
        json.WriteString("providerGuid", channel.ProviderGuid);
        json.WriteString("eventID", channel.EventId);
        json.WriteString("systemTime", Time(launch.Time));
        json.WriteString("eventRecordID", launch.Number.ToString(CultureInfo.InvariantCulture));
        json.WriteString("processID", record.LoggerPid.ToString(CultureInfo.InvariantCulture));
        json.WriteString("channel", channel.Name);
        json.WriteString("computer", record.Host.FullName);
        json.WriteEndObject();
        json.WriteStartObject("eventdata");
        foreach (var (name, value) in record.Data) json.WriteString(char.ToLowerInvariant(name[0]) + name[1..], Escaped(value));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("location", "EventChannel");
        json.WriteEndObject();
    }

    private static string Escaped(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
