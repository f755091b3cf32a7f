using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Changeling.Events.Json;

/// <summary>
/// Finds the values of one JSON text in one pass: strictly as RFC 8259 has it, without comments and trailing commas, and without a
/// recursion. It accepts exactly what <see cref="System.Text.Json.JsonDocument"/> accepts.
/// </summary>
/// <param name="text">UTF-8.</param>
/// <param name="rows">Receives the values.</param>
internal ref struct JsonParser(ReadOnlySpan<byte> text, JsonRows rows)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly JsonRows _rows = rows;
    private int _at;

    /// <summary>Whether the text is exactly one JSON value of at most so many levels.</summary>
    public bool TryParse(int maxDepth)
    {
        Span<int> open = stackalloc int[maxDepth];
        var depth = 0;
        while (true)
        {
            // A value begins here, or an array ends that has no element.
            ref var row = ref _rows.Add();
            if (depth > 0 && _rows.IsObject(open[depth - 1]) && !TryReadName(ref row)) return false;
            SkipBlanks();
            if (_at == _text.Length) return false;
            row.Start = _at;
            switch (_text[_at])
            {
                case (byte)'"':
                    row.Start = ++_at;
                    if (!TryReadText(out var isEscaped)) return false;
                    (row.Kind, row.Length) = (JsonRow.Kinds.Text, _at - 1 - row.Start);
                    if (isEscaped) row.Mark |= JsonRow.Marks.TextIsEscaped;
                    row.Next = _rows.Count;
                    break;
                case (byte)'{' or (byte)'[':
                    row.Kind = _text[_at++] == '{' ? JsonRow.Kinds.Object : JsonRow.Kinds.Array;
                    if (depth == maxDepth) return false;
                    open[depth++] = _rows.Count - 1;
                    SkipBlanks();
                    if (_at == _text.Length) return false;
                    if (_text[_at] != (row.Kind == JsonRow.Kinds.Object ? '}' : ']')) continue;
                    break;
                default:
                    if (!TryReadScalar(ref row)) return false;
                    row.Length = _at - row.Start;
                    row.Next = _rows.Count;
                    break;
            }

            // The value is behind us: what is open may end here, any number of times.
            while (true)
            {
                if (_at < _text.Length && _text[_at] <= ' ') SkipBlanks();
                if (depth == 0) return _at == _text.Length;
                if (_at == _text.Length) return false;
                var next = _text[_at++];
                if (next == ',') break;
                if (next != (_rows.IsObject(open[depth - 1]) ? '}' : ']')) return false;
                _rows.Close(open[--depth], _at);
            }
        }
    }

    private bool TryReadName(ref JsonRow row)
    {
        SkipBlanks();
        if (_at == _text.Length || _text[_at] != '"') return false;
        row.NameStart = ++_at;
        if (!TryReadText(out var isEscaped)) return false;
        row.NameLength = _at - 1 - row.NameStart;
        if (isEscaped) row.Mark |= JsonRow.Marks.NameIsEscaped;
        if (_at < _text.Length && _text[_at] != ':') SkipBlanks();
        return _at < _text.Length && _text[_at++] == ':';
    }

    /// <summary>Moves behind the closing quote.</summary>
    private bool TryReadText(out bool isEscaped)
    {
        isEscaped = false;
        while (true)
        {
            _at += OrdinaryLength(_text[_at..]);
            if (_at == _text.Length) return false;
            switch (_text[_at++])
            {
                case (byte)'"':
                    return true;
                case (byte)'\\':
                    isEscaped = true;
                    if (!TrySkipEscape()) return false;
                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>Moves from behind a backslash behind its escape.</summary>
    private bool TrySkipEscape()
    {
        if (_at == _text.Length) return false;
        switch (_text[_at++])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return true;
            case (byte)'u' when _text.Length - _at >= 4:
                for (var end = _at + 4; _at < end; _at++)
                {
                    if (!char.IsAsciiHexDigit((char)_text[_at])) return false;
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>Number of bytes before the first quote, backslash or control character; all when there is none.</summary>
    private static int OrdinaryLength(ReadOnlySpan<byte> text)
    {
        var at = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref var first = ref MemoryMarshal.GetReference(text);
            for (; at + Vector128<byte>.Count <= text.Length; at += Vector128<byte>.Count)
            {
                var part = Vector128.LoadUnsafe(ref first, (nuint)at);
                var found = Vector128.Equals(part, Vector128.Create((byte)'"'))
                    | Vector128.Equals(part, Vector128.Create((byte)'\\'))
                    | Vector128.LessThan(part, Vector128.Create((byte)' '));
                if (found != Vector128<byte>.Zero) return at + BitOperations.TrailingZeroCount(found.ExtractMostSignificantBits());
            }
        }

        while (at < text.Length && text[at] is >= (byte)' ' and not ((byte)'"' or (byte)'\\')) at++;
        return at;
    }

    private bool TryReadScalar(ref JsonRow row)
    {
        switch (_text[_at])
        {
            case (byte)'t':
                row.Kind = JsonRow.Kinds.True;
                return TrySkip("true"u8);
            case (byte)'f':
                row.Kind = JsonRow.Kinds.False;
                return TrySkip("false"u8);
            case (byte)'n':
                row.Kind = JsonRow.Kinds.Null;
                return TrySkip("null"u8);
            default:
                row.Kind = JsonRow.Kinds.Number;
                return TrySkipNumber();
        }
    }

    private bool TrySkip(ReadOnlySpan<byte> word)
    {
        if (!_text[_at..].StartsWith(word)) return false;
        _at += word.Length;
        return true;
    }

    private bool TrySkipNumber()
    {
        if (_text[_at] == '-') _at++;
        if (_at < _text.Length && _text[_at] == '0') _at++;
        else if (!TrySkipDigits()) return false;
        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            if (!TrySkipDigits()) return false;
        }

        if (_at < _text.Length && _text[_at] is (byte)'e' or (byte)'E')
        {
            _at++;
            if (_at < _text.Length && _text[_at] is (byte)'+' or (byte)'-') _at++;
            return TrySkipDigits();
        }

        return true;
    }

    /// <summary>Moves behind digits, at least one.</summary>
    private bool TrySkipDigits()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit((char)_text[_at])) _at++;
        return _at > start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') _at++;
    }
}
