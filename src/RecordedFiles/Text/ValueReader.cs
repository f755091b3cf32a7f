namespace Changeling.RecordedFiles.Text;

/// <summary>
/// Splits a stream into its top-level JSON values and XML events with at most one value in memory: one per line, several on a line, or one
/// over many lines. The elements of a top-level array, and of an <c>Events</c> element, are values of their own, since a file may be a
/// single one. A line that is neither, or only the beginning of a value, is also returned, so that it is counted as unreadable.
/// </summary>
/// <param name="source">UTF-8, with or without a byte order mark.</param>
internal sealed class ValueReader(Stream source)
{
    /// <summary>Maximum size of a value: larger ones cannot be a message of a hub.</summary>
    private const int LargestValue = 64 * 1024 * 1024;

    /// <summary>
    /// How many times the bytes up to here may be read in vain, if lines begin values that do not end. Beyond that a line is a value, so
    /// that the work stays linear in the number of bytes.
    /// </summary>
    private const int MaxLost = 4;

    /// <summary>Bytes that may be read in vain at the front of any file.</summary>
    private const int FreeLoss = 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isEnded;
    private bool _inArray;
    private long _before;
    private long _lost;

    /// <summary>The values in order, each a copy of its own.</summary>
    /// <exception cref="InvalidDataException">The stream is truncated, or contains no JSON that can be split.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Values()
    {
        SkipByteOrderMark();
        while (TryFindStart())
        {
            var length = _lost > FreeLoss + (MaxLost * (_before + _start)) ? 0 : ValueLength();
            if (length == 0) length = LineLength();
            if (length == 0) continue;
            var value = _buffer.AsSpan(_start, length).ToArray();
            _start += length;
            yield return value;
        }
    }

    private void SkipByteOrderMark()
    {
        while (_end - _start < 3 && Fill())
        {
        }

        if (_buffer.AsSpan(_start, _end - _start).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) _start += 3;
    }

    /// <summary>Moves to the next byte that can begin a value.</summary>
    private bool TryFindStart()
    {
        while (true)
        {
            if (_start == _end && !Fill()) return false;
            if (_start == _end) continue;
            switch (_buffer[_start])
            {
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                case (byte)',' when _inArray:
                    _start++;
                    break;
                case (byte)'[' when !_inArray:
                    (_inArray, _start) = (true, _start + 1);
                    break;
                case (byte)']' when _inArray:
                    (_inArray, _start) = (false, _start + 1);
                    break;
                case (byte)'<' when MarkupLength() is > 0 and var length:
                    _start += length;
                    break;
                default:
                    return true;
            }
        }
    }

    /// <summary>
    /// The length of a declaration or a tag of <c>Events</c> at the start; 0 for anything else.
    /// </summary>
    private int MarkupLength() =>
        Begins("<?xml"u8) || Begins("<Events"u8) || Begins("</Events"u8) ? LengthTo(">"u8) : 0;

    private bool Begins(ReadOnlySpan<byte> text)
    {
        while (_end - _start < text.Length && Fill())
        {
        }

        return _buffer.AsSpan(_start, _end - _start).StartsWith(text);
    }

    /// <summary>The length up to the end of a text; 0 if the text is not found.</summary>
    private int LengthTo(ReadOnlySpan<byte> text)
    {
        for (var searched = 0; searched <= LargestValue;)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(text);
            if (found >= 0) return searched + found + text.Length;
            searched = Math.Max(0, _end - _start - text.Length + 1);
            if (!Fill()) break;
        }

        _lost += _end - _start;
        return 0;
    }

    /// <summary>The length of the object, array or XML event at the start; 0 when there is none, or it is broken or cut.</summary>
    private int ValueLength()
    {
        if (Begins("<Event>"u8) || Begins("<Event "u8)) return LengthTo("</Event>"u8);
        if (_buffer[_start] is not ((byte)'{' or (byte)'[')) return 0;
        var length = JsonLength(out var read);
        if (length == 0) _lost += read;
        return length;
    }

    private int JsonLength(out int read)
    {
        var (depth, inText, isEscaped, before) = (0, false, false, (byte)0);
        for (read = 0; read <= LargestValue; read++)
        {
            if (_start + read == _end && !Fill()) return 0;
            if (inText && !isEscaped)
            {
                var ordinary = _buffer.AsSpan(_start + read, _end - _start - read).IndexOfAny((byte)'"', (byte)'\\', (byte)'\n');
                if (ordinary != 0)
                {
                    read = (ordinary < 0 ? _end - _start : read + ordinary) - 1;
                    continue;
                }
            }

            var unit = _buffer[_start + read];
            if (inText)
            {
                if (unit == '\n') return 0;
                if (isEscaped) isEscaped = false;
                else if (unit == '\\') isEscaped = true;
                else if (unit == '"') (inText, before) = (false, unit);
                continue;
            }

            switch (unit)
            {
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                    continue;
                case (byte)'"':
                    inText = true;
                    break;
                case (byte)'{' or (byte)'[' when depth > 0 && before is not ((byte)':' or (byte)',' or (byte)'['):
                    return 0; // a new value where none can be: the last one never ended
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when --depth == 0:
                    return read + 1;
            }

            before = unit;
        }

        return 0;
    }

    private int LineLength()
    {
        for (var searched = 0; searched <= LargestValue;)
        {
            if (_start + searched == _end && !Fill()) return _end - _start;
            var end = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (end >= 0 && searched + end <= LargestValue) return searched + end;
            searched = _end - _start;
        }

        throw new InvalidDataException($"it contains a line of more than {LargestValue / 1024 / 1024} MiB that is not JSON");
    }

    /// <summary>Reads more bytes. Bytes before the start are removed from the buffer.</summary>
    private bool Fill()
    {
        if (_isEnded) return false;
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_before, _start, _end) = (_before + _start, 0, _end - _start);
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = source.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isEnded = read == 0;
        return !_isEnded;
    }
}
