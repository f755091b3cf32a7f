using System.Buffers;
using Changeling.Events.Json;

namespace Changeling.Events.Peeling;

/// <summary>
/// Reads event XML as Windows and most collectors write it: elements, attributes, texts and references, <c>System</c> before
/// <c>EventData</c>. Whatever else XML allows, and every fault, is left to <see cref="EventXml"/>, which uses the framework's reader. What
/// it reads, it reads like that one, many times faster.
/// </summary>
internal ref struct PlainEventXml
{
    private const int MaxDepth = 32;

    private readonly JsonMaker _json;
    private readonly Span<int> _names;
    private PlainXml _xml;
    private int _depth;
    private int _section;
    private int _sections;
    private int _fields;

    private PlainEventXml(ReadOnlySpan<byte> xml, JsonMaker json, Span<int> names)
    {
        _xml = new(xml);
        _json = json;
        _names = names;
    }

    /// <summary>
    /// The event as <see cref="EventXml"/> makes it, to be disposed of; <see langword="null"/> if the text needs that one.
    /// </summary>
    /// <param name="xml">UTF-8.</param>
    public static JsonRows? TryParse(ReadOnlySpan<byte> xml)
    {
        if (!PlainXml.HasOnlyPlainCharacters(xml)) return null;
        var json = new JsonMaker();
        Span<int> names = stackalloc int[2 * MaxDepth];
        return new PlainEventXml(xml, json, names).TryRead() ? json.Finish() : json.Discard();
    }

    private static bool IsSystem(ReadOnlySpan<byte> name) => name.SequenceEqual("System"u8);

    private static bool IsEventData(ReadOnlySpan<byte> name) => name.SequenceEqual("EventData"u8);

    private bool TryRead()
    {
        _json.BeginObject("System"u8);
        while (true)
        {
            if (!_xml.TrySkipBlanks()) return false;
            if (_xml.IsAtEnd) break;
            if (!TryReadMarkup()) return false;
        }

        if (_depth != 0) return false;
        if (_sections < 2) BeginEventData();
        _json.End();
        return true;
    }

    /// <summary>Reads one start or end tag; of a field of a section, all of it.</summary>
    private bool TryReadMarkup()
    {
        if (_xml.IsEndTag)
        {
            if (_depth == 0 || !_xml.TrySkipEndTag(_names[2 * _depth - 2], _names[2 * _depth - 1])) return false;
            if (_depth-- == _section) _section = 0;
            return true;
        }

        if (!_xml.TryReadName(out var start, out var length)) return false;
        return _section > 0 ? TryReadField(start, length) : TryReadElement(start, length);
    }

    /// <summary>Reads the start tag of an element outside of the sections.</summary>
    private bool TryReadElement(int start, int length)
    {
        var attributes = default(PlainXml.Attributes);
        if (!_xml.TryReadAttributes(ref attributes, out var isEmpty)) return false;
        if (isEmpty) return true;
        if (_depth == MaxDepth) return false;
        (_names[2 * _depth], _names[2 * _depth + 1]) = (start, length);
        _depth++;

        var name = _xml.Part(start, length);
        if (IsSystem(name))
        {
            if (_sections++ > 0) return false;
            _section = _depth;
        }
        else if (IsEventData(name))
        {
            if (_sections == 2) return false;
            BeginEventData();
            _sections = 2;
            _section = _depth;
        }

        return true;
    }

    private readonly void BeginEventData()
    {
        _json.End();
        _json.BeginObject("EventData"u8);
    }

    /// <summary>Reads a field of a section with its text. It may have no elements.</summary>
    private bool TryReadField(int start, int length)
    {
        var attributes = default(PlainXml.Attributes);
        if (++_fields > PlainXml.MaxFields || !_xml.TryReadAttributes(ref attributes, out var isEmpty)) return false;
        var text = default(ReadOnlySpan<byte>);
        if (!isEmpty && (!_xml.TryReadText(out text) || !_xml.IsEndTag || !_xml.TrySkipEndTag(start, length))) return false;

        var name = _xml.Part(start, length);
        if (_sections < 2) return TryAddSystem(name, attributes, text);
        if (attributes.TryFind(_xml, "Name"u8, out var named)) name = named;
        else if (name.SequenceEqual("Data"u8)) return false;
        return !name.IsEmpty && TryAdd(name, text);
    }

    private readonly bool TryAddSystem(ReadOnlySpan<byte> name, PlainXml.Attributes attributes, ReadOnlySpan<byte> text)
    {
        if (attributes.Count == 0 || !text.IsEmpty) return TryAdd(name, text);
        _json.BeginObject(name);
        for (var i = 0; i < attributes.Count; i++)
        {
            if (!TryAdd(attributes.Name(_xml, i), attributes.Value(_xml, i))) return false;
        }

        _json.End();
        return true;
    }

    /// <summary>Adds a text without its references.</summary>
    private readonly bool TryAdd(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (name.Contains((byte)'&')) return false;
        if (!text.Contains((byte)'&'))
        {
            _json.Add(name, text);
            return true;
        }

        var plain = ArrayPool<byte>.Shared.Rent(text.Length);
        var length = PlainXml.RemoveReferences(text, plain);
        if (length >= 0) _json.Add(name, plain.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(plain);
        return length >= 0;
    }
}
