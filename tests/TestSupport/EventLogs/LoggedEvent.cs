using System.Globalization;
using System.Xml.Linq;

namespace Changeling.TestSupport.EventLogs;

/// <summary>
/// An event as Windows writes it into a log: <c>System</c> from the template of the log itself, and <c>EventData</c> from the template of
/// the provider, as a value of the first.
/// </summary>
public static class LoggedEvent
{
    private const string Namespace = "http://schemas.microsoft.com/win/2004/08/events/event";

    private static readonly XmlElementTemplate System = new(
        "Event",
        [("xmlns", Namespace)],
        [
            new XmlElementTemplate(
                "System",
                [],
                [
                    new XmlElementTemplate("Provider", [("Name", Value(0, 0x01)), ("Guid", Value(1, 0x0F))], []),
                    new XmlElementTemplate("EventID", [("Qualifiers", Value(2, 0x06))], [Value(3, 0x06)]),
                    new XmlElementTemplate("Version", [], [Value(4, 0x04)]),
                    new XmlElementTemplate("Level", [], [Value(5, 0x04)]),
                    new XmlElementTemplate("Task", [], [Value(6, 0x06)]),
                    new XmlElementTemplate("Keywords", [], [Value(7, 0x15)]),
                    new XmlElementTemplate("TimeCreated", [("SystemTime", Value(8, 0x11))], []),
                    new XmlElementTemplate("EventRecordID", [], [Value(9, 0x0A)]),
                    new XmlElementTemplate("Correlation", [("ActivityID", Value(10, 0x0F))], []),
                    new XmlElementTemplate("Execution", [("ProcessID", Value(11, 0x08)), ("ThreadID", Value(12, 0x08))], []),
                    new XmlElementTemplate("Channel", [], [Value(13, 0x01)]),
                    new XmlElementTemplate("Computer", [], [Value(14, 0x01)]),
                    new XmlElementTemplate("Security", [("UserID", Value(15, 0x13))], []),
                ]),
            Value(16, 0x21),
        ]);

    private static readonly Dictionary<string, XmlElementTemplate> Data = [];

    /// <summary>The record for an event of <c>wevtutil</c>'s XML. Values are written in the types that a provider declares.</summary>
    public static Action<BinaryXmlWriter> Of(string xml)
    {
        var root = XElement.Parse(xml);
        var system = root.Element(root.Name.Namespace + "System")!;
        var data = root.Element(root.Name.Namespace + "EventData")!.Elements().Select(d => (d.Attribute("Name")!.Value, d.Value)).ToList();
        var names = string.Join('|', data.Select(d => d.Item1));
        if (!Data.TryGetValue(names, out var template)) Data[names] = template = Template(data);
        var values = XmlValue.Template(template, [.. data.Select(d => Typed(d.Item1, d.Item2))]);
        return writer => writer.Fragment(System, [.. Values(system), values]);
    }

    private static XmlElementTemplate Template(IEnumerable<(string Name, string Value)> data) => new(
        "EventData",
        [],
        [
            .. data.Select(
                (d, i) => new XmlElementTemplate(
                    "Data", [("Name", d.Name)], [new XmlSubstitution(i, Typed(d.Name, d.Value).Type, IsOptional: false)])),
        ]);

    private static IEnumerable<XmlValue> Values(XElement system)
    {
        XElement? Get(string name) => system.Element(system.Name.Namespace + name);
        string? Attribute(string element, string name) => Get(element)?.Attribute(name)?.Value;
        yield return Optional(Attribute("Provider", "Name"), XmlValue.Text);
        yield return Optional(Attribute("Provider", "Guid"), Id);
        yield return Optional(Attribute("EventID", "Qualifiers"), text => Number(0x06, 2, text));
        yield return Optional(Get("EventID")?.Value, text => Number(0x06, 2, text));
        yield return Optional(Get("Version")?.Value, text => Number(0x04, 1, text));
        yield return Optional(Get("Level")?.Value, text => Number(0x04, 1, text));
        yield return Optional(Get("Task")?.Value, text => Number(0x06, 2, text));
        yield return Optional(Get("Keywords")?.Value, text => Hexadecimal(0x15, 8, text));
        yield return Optional(
            Attribute("TimeCreated", "SystemTime"),
            text => new XmlValue(0x11, BitConverter.GetBytes(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToFileTime())));
        yield return Optional(Get("EventRecordID")?.Value, text => Number(0x0A, 8, text));
        yield return XmlValue.Null;
        yield return Optional(Attribute("Execution", "ProcessID"), text => Number(0x08, 4, text));
        yield return Optional(Attribute("Execution", "ThreadID"), text => Number(0x08, 4, text));
        yield return Optional(Get("Channel")?.Value, XmlValue.Text);
        yield return Optional(Get("Computer")?.Value, XmlValue.Text);
        yield return Optional(Attribute("Security", "UserID"), Sid);
    }

    /// <summary>Sysmon and Security declare process ids, logon ids, SIDs and GUIDs as what they are, and all else as text.</summary>
    private static XmlValue Typed(string name, string text) => text switch
    {
        _ when text.StartsWith("S-1-", StringComparison.Ordinal) => Sid(text),
        ['{', .., '}'] => Id(text),
        ['0', 'x', ..] => Hexadecimal(0x15, 8, text),
        _ when name is "ProcessId" or "ParentProcessId" or "TerminalSessionId" && uint.TryParse(text, out _) => Number(0x08, 4, text),
        _ => XmlValue.Text(text),
    };

    private static XmlSubstitution Value(int index, byte type) => new(index, type);

    private static XmlValue Optional(string? text, Func<string, XmlValue> value) => text is null ? XmlValue.Null : value(text);

    private static XmlValue Id(string text) => new(0x0F, Guid.Parse(text).ToByteArray());

    private static XmlValue Number(byte type, int bytes, string text) =>
        new(type, BitConverter.GetBytes(ulong.Parse(text, CultureInfo.InvariantCulture))[..bytes]);

    private static XmlValue Hexadecimal(byte type, int bytes, string text) =>
        new(type, BitConverter.GetBytes(ulong.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture))[..bytes]);

    private static XmlValue Sid(string text)
    {
        var parts = text.Split('-')[2..].Select(part => uint.Parse(part, CultureInfo.InvariantCulture)).ToList();
        return new(
            0x13,
            [1, (byte)(parts.Count - 1), 0, 0, 0, 0, 0, (byte)parts[0], .. parts.Skip(1).SelectMany(BitConverter.GetBytes)]);
    }
}
