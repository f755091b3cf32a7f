using System.Text;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.Simulation.Formats;

/// <summary>Windows Event Forwarding's XML, one event a message.</summary>
internal sealed class ForwardedXmlCarrier : IWindowsCarrier
{
    public string Format => SourceFormats.WinEventXml;

    public string Time(DateTimeOffset time) => Iso.Ticks(time);

    /// <summary>The whole body is XML; the writer only passes it through.</summary>
    public void Write(Utf8JsonWriter json, WindowsRecord record) =>
        json.WriteRawValue(Encoding.UTF8.GetBytes(EventXmlText.Of(record)), skipInputValidation: true);
}
