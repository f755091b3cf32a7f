using System.Text;
using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Peeling;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// The own values of a Windows event in every shape that carriers send. It is an object, a list of names and values, a list of values
/// without names, or a text of XML or JSON with one of these.
/// </summary>
internal sealed class EventValues : IDisposable
{
    private const int MaxTexts = 3;
    private const int MaxDepth = 64;

    /// <summary>Number of fields of a process creation, about.</summary>
    private const int FieldsOfLaunch = 24;

    private JsonValue _object;
    private List<JsonValue>? _others;
    private List<(string Name, JsonValue Value)>? _listed;
    private List<JsonValue>? _unnamed;
    private List<JsonRows>? _documents;

    /// <summary>Values without names, in order.</summary>
    public IReadOnlyList<JsonValue> Unnamed => _unnamed ?? [];

    /// <summary>Number of places of values, the preferred one first.</summary>
    public int Places => 2 + (_others?.Count ?? 0);

    /// <summary>Whether a text ended before the event did.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The values at the places, in order of preference.</summary>
    public static EventValues Of(params ReadOnlySpan<JsonValue> places)
    {
        var values = new EventValues();
        foreach (var place in places) values.Add(place, 0);
        return values;
    }

    /// <summary>Adds the values of an object under their names. It is disposed of with the others.</summary>
    public void Add(JsonRows named)
    {
        Keep(named);
        Add(named.Root);
    }

    public void Dispose()
    {
        foreach (var document in _documents ?? []) document.Dispose();
        _documents = null;
    }

    private void Keep(JsonRows document) => (_documents ??= []).Add(document);

    private void Add(JsonValue named)
    {
        if (_object.ValueKind == JsonValueKind.Undefined) _object = named;
        else (_others ??= []).Add(named);
    }

    /// <summary>Whether any place has a known value under the name.</summary>
    public bool Has(ReadOnlySpan<byte> name)
    {
        for (var place = 0; place < Places; place++)
        {
            if (KnownText.IsKnown(At(place, name))) return true;
        }

        return false;
    }

    /// <summary>What stands under the name at one of the <see cref="Places"/>; undefined when there is nothing.</summary>
    public JsonValue At(int place, ReadOnlySpan<byte> name) => place switch
    {
        0 => Listed(name),
        1 => _object.Get(name),
        _ => _others![place - 2].Get(name),
    };

    private JsonValue Listed(ReadOnlySpan<byte> name)
    {
        for (var i = (_listed?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (Ascii.Equals(name, _listed![i].Name)) return _listed[i].Value;
        }

        return default;
    }

    private void Add(JsonValue place, int depth)
    {
        switch (place.ValueKind)
        {
            case JsonValueKind.String when depth < MaxTexts:
                AddText(place, depth);
                break;
            case JsonValueKind.Array:
                foreach (var element in place.Children) AddEntry(element.Value);
                break;
            case JsonValueKind.Object:
                AddObject(place, depth);
                break;
        }
    }

    private void AddObject(JsonValue place, int depth)
    {
        if (place.HasObject("System"u8) && place.Has("EventData"u8))
        {
            IsCut |= place.Get("Cut"u8).ValueKind == JsonValueKind.True;
            Add(place.Get("EventData"u8), depth);
            return;
        }

        AddData(place.Get("Data"u8));
        AddNumbered(place);
        Add(place);
    }

    /// <summary>The <c>Data</c> elements of the event's XML: many, one, or only their texts.</summary>
    private void AddData(JsonValue data)
    {
        if (data.ValueKind == JsonValueKind.Array) Add(data, 0);
        if (data.ValueKind != JsonValueKind.Object) return;
        if (data.Get("#text"u8) is { ValueKind: JsonValueKind.Array } texts) Add(texts, 0);
        else AddEntry(data);
    }

    /// <summary>Winlogbeat numbers the values when it cannot find their names.</summary>
    private void AddNumbered(JsonValue place)
    {
        if (!place.Has("param1"u8)) return;
        for (var number = 1; place.Get($"param{number}") is { ValueKind: not JsonValueKind.Undefined } value; number++) AddUnnamed(value);
    }

    private void AddEntry(JsonValue entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            AddUnnamed(entry);
            return;
        }

        var name = XmlAttributes.Of(entry, "Name"u8).AsText() ?? entry.Get("name"u8).AsText() ?? entry.Get("Key"u8).AsText();
        var value = Scalar.Of(entry);
        if (name is not null) AddListed(name, value.ValueKind == JsonValueKind.Object ? default : value);
        else if (value.ValueKind != JsonValueKind.Object) AddUnnamed(value);
        else foreach (var property in entry.Children) AddListed(property.Name, property.Value);
    }

    private void AddListed(string name, JsonValue value) => (_listed ??= new(FieldsOfLaunch)).Add((name, value));

    private void AddUnnamed(JsonValue value) => (_unnamed ??= new(FieldsOfLaunch)).Add(value);

    private void AddText(JsonValue text, int depth)
    {
        var bytes = JsonText.Inside(text);
        var start = bytes.Span.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty) return;
        if (start[0] == '<') AddXml(text);
        else if (start[0] is (byte)'{' or (byte)'[') AddJson(bytes[^start.Length..], depth + 1);
    }

    private void AddXml(JsonValue text)
    {
        if (EventXml.TryParse(text) is not { } document) return;
        Keep(document);
        var root = document.Root;
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

        if (document is null) return;
        Keep(document);
        Add(document.Root, depth);
    }
}
