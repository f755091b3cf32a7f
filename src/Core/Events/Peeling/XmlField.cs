using System.Text;
using System.Xml;
using Changeling.Events.Json;

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

    /// <summary>Adds the text, or an object of the attributes if there is no text.</summary>
    public void AddTo(JsonMaker json)
    {
        if (_attributes.Count == 0 || Text.Length > 0)
        {
            json.Add(Name, Text.ToString());
            return;
        }

        json.BeginObject(Name);
        foreach (var (name, value) in _attributes) json.Add(name, value);
        json.End();
    }
}
