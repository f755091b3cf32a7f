using System.Globalization;
using System.Security;
using System.Text;

namespace Changeling.Simulation.Formats;

/// <summary>An event as Windows renders it in XML.</summary>
internal static class EventXmlText
{
    public static string Of(WindowsRecord record)
    {
        var (channel, launch) = (record.Channel, record.Launch);
        var xml = new StringBuilder();
        xml.Append("<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>");
        xml.Append(CultureInfo.InvariantCulture, $"<Provider Name='{channel.Provider}' Guid='{channel.ProviderGuid}'/>");
        xml.Append(CultureInfo.InvariantCulture, $"<EventID>{channel.EventId}</EventID><Version>{channel.Version}</Version>");
        xml.Append(CultureInfo.InvariantCulture, $"<TimeCreated SystemTime='{Iso.Ticks(launch.Time)}'/>");
        xml.Append(CultureInfo.InvariantCulture, $"<EventRecordID>{launch.Number}</EventRecordID><Correlation/>");
        xml.Append(CultureInfo.InvariantCulture, $"<Execution ProcessID='{record.LoggerPid}' ThreadID='7560'/>");
        xml.Append(CultureInfo.InvariantCulture, $"<Channel>{channel.Name}</Channel><Computer>{record.Host.FullName}</Computer>");
        xml.Append("<Security/></System><EventData>");
        foreach (var (name, value) in record.Data)
            xml.Append(CultureInfo.InvariantCulture, $"<Data Name='{name}'>{SecurityElement.Escape(value)}</Data>");
        return xml.Append("</EventData></Event>").ToString();
    }
}
