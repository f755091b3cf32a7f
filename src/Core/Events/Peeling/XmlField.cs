using System.Text;
using System.Text.Json;
using System.Xml;

namespace Changeling.Events.Peeling;

/// <summary>One element under <c>System</c>, or one <c>Data</c> under <c>EventData</c>, while it is read.</summary>
internal sealed class XmlField
{
    private readonly List<(string Name, string Value)> _attributes = [];

    private XmlField(string section, string name) => (Section, Name) = (section, name);

    public string Section { get; }

    public string Name { get; }

    public StringBuilder Text { get; } = new();

    /// <summary>Whether all of the element was read.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether it is a value without a name.</summary>
    public bool IsUnnamed => Name.Length == 0;

    /// <summary>The field that starts at the reader's position.</summary>
    public static XmlField At(XmlReader reader, string section)
    {
        if (section == "EventData")
            return new XmlField(section, reader.GetAttribute("Name") ?? (reader.LocalName == "Data" ? "" : reader.LocalName));

        var field = new XmlField(section, reader.LocalName);
        while (reader.MoveToNextAttribute()) field._attributes.Add((reader.LocalName, reader.Value));
        reader.MoveToElement();
        return field;
    }

    /// <summary>Writes the text, or an object of the attributes if there is no text.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        if (_attributes.Count == 0 || Text.Length > 0)
        {
            json.WriteString(Whole(Name), Whole(Text.ToString()));
            return;
        }

        json.WriteStartObject(Whole(Name));
        foreach (var (name, value) in _attributes) json.WriteString(Whole(name), Whole(value));
        json.WriteEndObject();
    }

    /// <summary>Writes the text alone.</summary>
    public void WriteTextTo(Utf8JsonWriter json) => json.WriteStringValue(Whole(Text.ToString()));

    /// <summary>A character reference can make a lone surrogate, which UTF-8 has no bytes for.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
