using System.Text;

namespace Changeling.RecordedFiles.EventLogs;

/// <summary>
/// Turns the binary XML of a record into the text that <c>wevtutil</c> and the Event Viewer show. A record is usually a template of its
/// provider with values; the template is stored in the first record of the chunk that uses it.
/// </summary>
/// <remarks>
/// [MS-EVEN6] 2.2.12 and section "Binary XML" of the format description by Joachim Metz,
/// https://github.com/libyal/libevtx/blob/main/documentation/Windows%20XML%20Event%20Log%20(EVTX).asciidoc
/// </remarks>
/// <param name="chunk">The chunk.</param>
/// <param name="maxWork">Maximum number of characters and tokens for the whole chunk.</param>
internal sealed class BinaryXml(ReadOnlyMemory<byte> chunk, int maxWork)
{
    /// <summary>Maximum nesting of elements, and of templates in values.</summary>
    private const int MaxDepth = 32;

    private const int MoreFlag = 0x40;

    private readonly ChunkNames _names = new(chunk);
    private readonly StringBuilder _text = new(4096);
    private int _work = maxWork;

    /// <summary>The event between two positions; <see langword="null"/> if it cannot be read.</summary>
    public ReadOnlyMemory<byte>? Event(int start, int end, out string? fault)
    {
        _text.Clear();
        try
        {
            var cursor = new BinaryCursor(chunk.Span, start, end);
            Fragment(ref cursor, TemplateValues.None, hasDependency: false, MaxDepth);
            fault = _text.Length == 0 ? "it contains no element" : null;
            return fault is null ? Encoding.UTF8.GetBytes(_text.ToString()) : null;
        }
        catch (BinaryXmlException exception)
        {
            fault = exception.Message;
            return null;
        }
    }

    /// <summary>Elements and template instances up to the end token.</summary>
    private void Fragment(ref BinaryCursor cursor, in TemplateValues values, bool hasDependency, int depth)
    {
        if (depth == 0) throw new BinaryXmlException("it is nested too deeply");
        while (!cursor.IsAtEnd)
        {
            Spend(1);
            switch (cursor.Byte())
            {
                case 0x00:
                    return;
                case 0x0F:
                    cursor.Bytes(3);
                    break;
                case 0x0C:
                    Template(ref cursor, depth);
                    break;
                case 0x0A:
                    _names.Read(ref cursor);
                    break;
                case 0x0B:
                    cursor.Text();
                    break;
                case 0x01:
                    Element(ref cursor, values, hasDependency, hasAttributes: false, depth);
                    break;
                case 0x41:
                    Element(ref cursor, values, hasDependency, hasAttributes: true, depth);
                    break;
                case var token:
                    throw Unexpected(token);
            }
        }
    }

    /// <summary>A template and the values for it. The template is here, or at an earlier place of the chunk.</summary>
    private void Template(ref BinaryCursor cursor, int depth)
    {
        cursor.Bytes(5);
        var place = cursor.UInt32();
        if (place == cursor.Position) Definition(ref cursor);
        var values = TemplateValues.Read(ref cursor);
        Spend(values.Count);
        if (place > chunk.Length) throw new BinaryXmlException("its template is outside of its chunk");
        var definition = new BinaryCursor(chunk.Span, (int)place, chunk.Length);
        var (start, end) = Definition(ref definition);
        var template = new BinaryCursor(chunk.Span, start, end);
        Fragment(ref template, values, hasDependency: true, depth - 1);
    }

    /// <summary>The range of a template's binary XML, behind the place of the next template and its own identifier.</summary>
    private static (int Start, int End) Definition(ref BinaryCursor cursor)
    {
        cursor.Bytes(4 + 16);
        var length = (int)Math.Min(cursor.UInt32(), int.MaxValue);
        var start = cursor.Position;
        cursor.Bytes(length);
        return (start, cursor.Position);
    }

    /// <summary>One element with attributes and content.</summary>
    private void Element(ref BinaryCursor cursor, in TemplateValues values, bool hasDependency, bool hasAttributes, int depth)
    {
        if (depth == 0) throw new BinaryXmlException("it is nested too deeply");
        if (hasDependency) cursor.UInt16();
        cursor.UInt32();
        var (name, before) = (_names.Read(ref cursor), _text.Length);
        Write('<', name);
        if (hasAttributes) Attributes(ref cursor, values);
        switch (cursor.Byte())
        {
            case 0x03:
                Write("/>");
                return;
            case 0x02:
                Write(">");
                break;
            case var token:
                throw Unexpected(token);
        }

        var element = new OpenElement(before, _text.Length, name);
        if (Content(ref cursor, values, element, hasDependency, depth)) Write("</", name, ">");
        else _text.Length = before;
    }

    private void Attributes(ref BinaryCursor cursor, in TemplateValues values)
    {
        cursor.UInt32();
        for (var hasMore = true; hasMore;)
        {
            var token = cursor.Byte();
            if ((token & ~MoreFlag) != 0x06) throw Unexpected(token);
            hasMore = (token & MoreFlag) != 0;
            var before = _text.Length;
            Write(' ', _names.Read(ref cursor), "=\"");
            if (AttributeValue(ref cursor, values)) Write("\"");
            else _text.Length = before;
        }
    }

    /// <summary>The value of an attribute: texts and values up to the next attribute, or the end of the tag.</summary>
    /// <returns><see langword="false"/> if the attribute is optional and has no value.</returns>
    private bool AttributeValue(ref BinaryCursor cursor, in TemplateValues values)
    {
        var isPresent = true;
        for (var next = cursor; (next.Byte() & ~MoreFlag) is not (0x06 or 0x02 or 0x03); next = cursor)
        {
            Spend(1);
            var token = cursor.Byte();
            if (token is 0x0D or 0x0E)
            {
                var value = Value(ref cursor, values);
                if (value.IsNull && token == 0x0E) isPresent = false;
                foreach (var text in value.Texts(chunk.Span)) Escape(text);
            }
            else
            {
                Literal(ref cursor, token);
            }
        }

        return isPresent;
    }

    /// <summary>The content of an element up to its end tag.</summary>
    /// <returns><see langword="false"/> if the element is optional and has no value.</returns>
    private bool Content(ref BinaryCursor cursor, in TemplateValues values, OpenElement element, bool hasDependency, int depth)
    {
        var isPresent = true;
        while (true)
        {
            Spend(1);
            switch (cursor.Byte())
            {
                case 0x04:
                    return isPresent;
                case 0x01:
                    Element(ref cursor, values, hasDependency, hasAttributes: false, depth - 1);
                    break;
                case 0x41:
                    Element(ref cursor, values, hasDependency, hasAttributes: true, depth - 1);
                    break;
                case 0x0C:
                    Template(ref cursor, depth);
                    break;
                case 0x0A:
                    _names.Read(ref cursor);
                    break;
                case 0x0B:
                    cursor.Text();
                    break;
                case 0x0D:
                    Substitute(Value(ref cursor, values), element, depth);
                    break;
                case 0x0E when Value(ref cursor, values) is var optional:
                    if (optional.IsNull) isPresent = false;
                    else Substitute(optional, element, depth);
                    break;
                case var token:
                    Literal(ref cursor, token);
                    break;
            }
        }
    }

    /// <summary>Writes a value into an element. An array repeats the element.</summary>
    private void Substitute(TemplateValue value, OpenElement element, int depth)
    {
        if (value.IsBinaryXml)
        {
            var inner = new BinaryCursor(chunk.Span, value.Start, value.Start + value.Length);
            Fragment(ref inner, TemplateValues.None, hasDependency: false, depth - 1);
            return;
        }

        var tag = value.IsArray ? _text.ToString(element.Start, element.Content - element.Start) : "";
        foreach (var (index, text) in value.Texts(chunk.Span).Index())
        {
            if (index > 0) Write("</", element.Name, ">", tag);
            Escape(text);
        }
    }

    private static TemplateValue Value(ref BinaryCursor cursor, in TemplateValues values)
    {
        var value = values[cursor.UInt16()];
        cursor.Byte();
        return value;
    }

    /// <summary>A text of the template itself.</summary>
    private void Literal(ref BinaryCursor cursor, byte token)
    {
        switch (token & ~MoreFlag)
        {
            case 0x05 when cursor.Byte() == 0x01:
            case 0x07:
                Escape(cursor.Text());
                break;
            case 0x08:
                Escape(((char)cursor.UInt16()).ToString());
                break;
            case 0x09:
                Write("&", _names.Read(ref cursor), ";");
                break;
            default:
                throw Unexpected(token);
        }
    }

    private void Escape(string text)
    {
        Spend(text.Length);
        foreach (var unit in text.AsSpan().TrimEnd('\0'))
        {
            _ = unit switch
            {
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '&' => _text.Append("&amp;"),
                '"' => _text.Append("&quot;"),
                _ => _text.Append(unit),
            };
        }
    }

    private void Write(char first, string second, string third = "")
    {
        Spend(second.Length);
        _text.Append(first).Append(second).Append(third);
    }

    private void Write(string first, string second = "", string third = "", string fourth = "")
    {
        Spend(first.Length + second.Length + fourth.Length);
        _text.Append(first).Append(second).Append(third).Append(fourth);
    }

    private void Spend(int work)
    {
        if ((_work -= work) < 0) throw new BinaryXmlException("the events of its chunk are larger than a chunk can hold");
    }

    private static BinaryXmlException Unexpected(byte token) => new($"token 0x{token:x2} cannot stand where it does");

    /// <summary>An element whose content is written: where its tag and its content begin in the text.</summary>
    private readonly record struct OpenElement(int Start, int Content, string Name);
}
