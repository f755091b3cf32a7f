using System.Text.Json;
using Changeling.Events.Peeling;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// The own values of a Windows event in every shape that carriers send. It is an object, a list of names and values, a list of values
/// without names, or a text of XML or JSON with one of these.
/// </summary>
internal sealed class EventValues
{
    private const int MaxTexts = 3;
    private const int MaxDepth = 64;

    private readonly List<JsonElement> _objects = [];
    private readonly Dictionary<string, JsonElement> _listed = new(StringComparer.Ordinal);
    private readonly List<JsonElement> _unnamed = [];

    /// <summary>Values without names, in order.</summary>
    public IReadOnlyList<JsonElement> Unnamed => _unnamed;

    /// <summary>Whether a text ended before the event did.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The values at the places, in order of preference.</summary>
    public static EventValues Of(params ReadOnlySpan<JsonElement> places)
    {
        var values = new EventValues();
        foreach (var place in places) values.Add(place, 0);
        return values;
    }

    /// <summary>Adds the values of an object under their names.</summary>
    public void Add(JsonElement named) => _objects.Add(named);

    /// <summary>Whether any place has a known value under the name.</summary>
    public bool Has(string name) => Named(name).Any(value => KnownText.Of(value.AsText()) is not null);

    /// <summary>What stands under the name, the preferred place first.</summary>
    public IEnumerable<JsonElement> Named(string name)
    {
        if (_listed.TryGetValue(name, out var listed)) yield return listed;
        foreach (var place in _objects)
        {
            if (place.TryGetProperty(name, out var value)) yield return value;
        }
    }

    private void Add(JsonElement place, int depth)
    {
        switch (place.ValueKind)
        {
            case JsonValueKind.String when depth < MaxTexts:
                AddText(place, depth);
                break;
            case JsonValueKind.Array:
                foreach (var element in place.EnumerateArray()) AddEntry(element);
                break;
            case JsonValueKind.Object:
                AddObject(place, depth);
                break;
        }
    }

    private void AddObject(JsonElement place, int depth)
    {
        if (place.HasObject("System"u8) && place.Has("EventData"u8))
        {
            IsCut |= place.Get("Cut"u8).ValueKind == JsonValueKind.True;
            Add(place.Get("EventData"u8), depth);
            return;
        }

        AddData(place.Get("Data"u8));
        AddNumbered(place);
        _objects.Add(place);
    }

    /// <summary>The <c>Data</c> elements of the event's XML: many, one, or only their texts.</summary>
    private void AddData(JsonElement data)
    {
        if (data.ValueKind == JsonValueKind.Array) Add(data, 0);
        if (data.ValueKind != JsonValueKind.Object) return;
        if (data.Get("#text"u8) is { ValueKind: JsonValueKind.Array } texts) Add(texts, 0);
        else AddEntry(data);
    }

    /// <summary>Winlogbeat numbers the values when it cannot find their names.</summary>
    private void AddNumbered(JsonElement place)
    {
        for (var number = 1; place.TryGetProperty($"param{number}", out var value); number++) _unnamed.Add(value);
    }

    private void AddEntry(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            _unnamed.Add(entry);
            return;
        }

        var name = XmlAttributes.Of(entry, "Name").AsText() ?? entry.Get("name"u8).AsText() ?? entry.Get("Key"u8).AsText();
        if (name is not null) _listed[name] = Scalar.Of(entry).ValueKind == JsonValueKind.Object ? default : Scalar.Of(entry);
        else if (Scalar.Of(entry).ValueKind != JsonValueKind.Object) _unnamed.Add(Scalar.Of(entry));
        else foreach (var property in entry.EnumerateObject()) _listed[property.Name] = property.Value;
    }

    private void AddText(JsonElement text, int depth)
    {
        var bytes = JsonText.Inside(text);
        var start = bytes.Span.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty) return;
        if (start[0] == '<') AddXml(text.GetString()!);
        else if (start[0] is (byte)'{' or (byte)'[') AddJson(bytes[^start.Length..], depth + 1);
    }

    private void AddXml(string text)
    {
        if (EventXml.TryParse(text)?.RootElement is not { } root) return;
        IsCut |= root.Get("Cut"u8).ValueKind == JsonValueKind.True;
        Add(root.Get("EventData"u8), MaxTexts);
    }

    private void AddJson(ReadOnlyMemory<byte> json, int depth)
    {
        var document = JsonText.TryParse(json, MaxDepth);
        if (document is null && CutJson.Of(json) is { } cut)
        {
            document = JsonText.TryParse(cut.Text, MaxDepth);
            IsCut |= document is not null;
        }

        if (document is not null) Add(document.RootElement, depth);
    }
}
