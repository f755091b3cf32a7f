using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Changeling.Events.Peeling;

/// <summary>
/// Goes through plain XML: tags with ASCII names, attributes, texts, references of characters. Every method returns
/// <see langword="false"/> at whatever it does not know, so that the caller can use a full reader.
/// </summary>
/// <param name="text">UTF-8.</param>
internal ref struct PlainXml(ReadOnlySpan<byte> text)
{
    /// <summary>More fields or attributes are left to the full reader, with its limits.</summary>
    public const int MaxFields = 500;

    private const int MaxAttributes = 8;

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."u8);

    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (byte)code).Except("\t\r\n"u8.ToArray()), 0xEF]);

    private static ReadOnlySpan<byte> EventNamespace => "http://schemas.microsoft.com/win/2004/08/events/event"u8;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    /// <summary>Whether all of it was read.</summary>
    public readonly bool IsAtEnd => _at == _text.Length;

    /// <summary>Whether an end tag begins here.</summary>
    public readonly bool IsEndTag => _text[_at..].StartsWith("</"u8);

    /// <summary>Whether there is no control character, and none of those at the end of Unicode's first plane.</summary>
    public static bool HasOnlyPlainCharacters(ReadOnlySpan<byte> xml) => !xml.ContainsAny(Controls);

    /// <summary>Replaces references by their characters.</summary>
    /// <returns>Number of bytes; -1 for a reference that is not plain.</returns>
    public static int RemoveReferences(ReadOnlySpan<byte> text, Span<byte> plain)
    {
        var length = 0;
        while (text.IndexOf((byte)'&') is var start and >= 0)
        {
            text[..start].CopyTo(plain[length..]);
            length += start;
            text = text[(start + 1)..];
            var end = text.IndexOf((byte)';');
            if (end <= 0 || !TryDecode(text[..end], out var rune)) return -1;
            length += rune.EncodeToUtf8(plain[length..]);
            text = text[(end + 1)..];
        }

        text.CopyTo(plain[length..]);
        return length + text.Length;
    }

    /// <summary>A part of the text.</summary>
    public readonly ReadOnlySpan<byte> Part(int start, int length) => _text.Slice(start, length);

    /// <summary>Moves to the next tag, with nothing but blanks before it, or to the end.</summary>
    public bool TrySkipBlanks()
    {
        SkipBlanks();
        return IsAtEnd || _text[_at] == '<';
    }

    /// <summary>Moves behind the name of a start tag.</summary>
    public bool TryReadName(out int start, out int length)
    {
        start = ++_at;
        return TryReadNameHere(out length);
    }

    /// <summary>Moves behind an end tag of this name.</summary>
    public bool TrySkipEndTag(int start, int length)
    {
        _at += 2;
        if (!_text[_at..].StartsWith(_text.Slice(start, length))) return false;
        _at += length;
        return TrySkip((byte)'>');
    }

    /// <summary>Moves behind a start tag whose name was read.</summary>
    public bool TryReadAttributes(ref Attributes attributes, out bool isEmpty)
    {
        isEmpty = false;
        while (true)
        {
            var before = _at;
            SkipBlanks();
            if (IsAtEnd) return false;
            if (TrySkip((byte)'>')) return true;
            if (TrySkip((byte)'/'))
            {
                isEmpty = true;
                return TrySkip((byte)'>');
            }

            if (_at == before || !TryReadAttribute(ref attributes)) return false;
        }
    }

    /// <summary>Moves to the next tag. Line ends other than of Unix are not plain, because XML changes them.</summary>
    public bool TryReadText(out ReadOnlySpan<byte> read)
    {
        read = _text[_at..];
        var end = read.IndexOf((byte)'<');
        if (end < 0) return false;
        read = read[..end];
        _at += end;
        return read.IndexOf((byte)'\r') < 0 && read.IndexOf("]]>"u8) < 0;
    }

    private static bool TryDecode(ReadOnlySpan<byte> reference, out Rune rune)
    {
        rune = reference switch
        {
            [(byte)'l', (byte)'t'] => new('<'),
            [(byte)'g', (byte)'t'] => new('>'),
            [(byte)'a', (byte)'m', (byte)'p'] => new('&'),
            [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => new('"'),
            [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => new('\''),
            _ => default,
        };
        if (rune != default) return true;
        if (reference[0] != '#' || reference.Length > 6) return false;
        var isHex = reference is [_, (byte)'x', ..];
        var digits = reference[(isHex ? 2 : 1)..];
        return Utf8Parser.TryParse(digits, out uint code, out var read, isHex ? 'x' : 'D')
            && read == digits.Length
            && char.IsAsciiHexDigit((char)digits[0])
            && code is '\t' or '\n' or '\r' or (>= 0x20 and < 0xD800)
            && Rune.TryCreate(code, out rune);
    }

    /// <summary>Reads <c>name="value"</c>. A namespace is plain only if it is the one of Windows events.</summary>
    private bool TryReadAttribute(ref Attributes attributes)
    {
        var start = _at;
        if (attributes.Count == MaxAttributes || !TryReadNameHere(out var length)) return false;
        if (!TrySkip((byte)'=') || IsAtEnd || _text[_at] is not ((byte)'"' or (byte)'\'')) return false;
        var quote = _text[_at++];
        var valueLength = _text[_at..].IndexOf(quote);
        if (valueLength < 0) return false;
        var value = _text.Slice(_at, valueLength);
        if (value.ContainsAny("<\t\r\n"u8) || attributes.TryFind(this, _text.Slice(start, length), out _)) return false;
        if (_text.Slice(start, length).StartsWith("xml"u8) && !value.SequenceEqual(EventNamespace)) return false;
        attributes.Add(start, length, _at, valueLength);
        _at += valueLength + 1;
        return true;
    }

    private bool TryReadNameHere(out int length)
    {
        var rest = _text[_at..];
        length = rest.IndexOfAnyExcept(NameBytes);
        if (length <= 0 || !(char.IsAsciiLetter((char)rest[0]) || rest[0] == '_')) return false;
        _at += length;
        return true;
    }

    private bool TrySkip(byte unit)
    {
        if (IsAtEnd || _text[_at] != unit) return false;
        _at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') _at++;
    }

    /// <summary>The attributes of one tag, as places in the text.</summary>
    public struct Attributes
    {
        private Places _places;

        /// <summary>How many there are.</summary>
        public int Count { get; private set; }

        /// <summary>The name of one.</summary>
        public readonly ReadOnlySpan<byte> Name(PlainXml xml, int index) => xml.Part(_places[4 * index], _places[4 * index + 1]);

        /// <summary>The value of one, with its references.</summary>
        public readonly ReadOnlySpan<byte> Value(PlainXml xml, int index) => xml.Part(_places[4 * index + 2], _places[4 * index + 3]);

        /// <summary>The value of the one with this name.</summary>
        public readonly bool TryFind(PlainXml xml, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
        {
            value = default;
            for (var i = 0; i < Count; i++)
            {
                if (!Name(xml, i).SequenceEqual(name)) continue;
                value = Value(xml, i);
                return true;
            }

            return false;
        }

        /// <summary>Adds one.</summary>
        public void Add(int nameStart, int nameLength, int valueStart, int valueLength)
        {
            var at = 4 * Count++;
            (_places[at], _places[at + 1]) = (nameStart, nameLength);
            (_places[at + 2], _places[at + 3]) = (valueStart, valueLength);
        }

        [InlineArray(4 * MaxAttributes)]
        private struct Places
        {
            private int _first;
        }
    }
}
