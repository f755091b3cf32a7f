using System.Text.Json;
using Changeling.Events.Peeling;

namespace Changeling.Events;

/// <summary>
/// Splits text into its top-level JSON values: one a line, several on a line, or one over many lines. A line that is not JSON is a value of
/// its own, so that it can be reported with its position. Text that begins like XML is split into its events. An event behind a header
/// goes on to its end.
/// </summary>
public static class JsonValueSplitter
{
    /// <summary>
    /// How often a text may be read without result, if lines begin values that do not end. Beyond that, the rest is one piece, so that the
    /// work stays linear in the number of bytes.
    /// </summary>
    private const int MaxLost = 4;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>Splits, lazily, from the front.</summary>
    /// <param name="text">The text in UTF-8, with or without a byte order mark, or in UTF-16 with one.</param>
    /// <returns>Each value's bytes in UTF-8, with the line where it starts, counted from 1.</returns>
    public static IEnumerable<(int Line, ReadOnlyMemory<byte> Value)> Split(ReadOnlyMemory<byte> text)
    {
        var utf8 = text.Span is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? Utf8Text.From(text) : text;
        var isXml = XmlEvents.IsXml(WithoutMark(utf8).Span.TrimStart(Blanks));
        var line = 1;
        var counted = 0;
        foreach (var (range, _) in isXml ? XmlEvents.Pieces(utf8) : Ranges(utf8))
        {
            line += utf8.Span[counted..range.Start.Value].Count((byte)'\n');
            counted = range.Start.Value;
            yield return (line, utf8[range]);
        }
    }

    /// <summary>The range of each value, and whether it can be JSON; a single number or word does not count as JSON.</summary>
    internal static IEnumerable<(Range Range, bool MayBeJson)> Ranges(ReadOnlyMemory<byte> utf8)
    {
        var position = utf8.Span.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        var lost = 0L;
        var nextEventEnd = -1;
        while (true)
        {
            position += BlanksAt(utf8.Span[position..]);
            if (position == utf8.Length) yield break;
            if (lost > MaxLost * (long)utf8.Length)
            {
                yield return (position..utf8.Length, false);
                yield break;
            }

            var length = ValueLength(utf8.Span[position..], ref lost);
            var mayBeJson = length > 0 || utf8.Span[position] == (byte)'"';
            var end = position + (length > 0 ? length : LineLength(utf8.Span[position..]));
            if (length == 0) end = XmlEvents.EndAfterHeader(utf8.Span, position..end, ref nextEventEnd);
            yield return (position..end, mayBeJson);
            position = end;
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;

    private static int BlanksAt(ReadOnlySpan<byte> text)
    {
        var count = text.IndexOfAnyExcept(Blanks);
        return count < 0 ? text.Length : count;
    }

    /// <summary>The length of the object or array at the front; 0 when there is none.</summary>
    /// <param name="text">Text that does not begin with a blank.</param>
    /// <param name="lost">Increased by the bytes that were read without result.</param>
    private static int ValueLength(ReadOnlySpan<byte> text, ref long lost)
    {
        if (text[0] is not ((byte)'{' or (byte)'[')) return 0;
        var reader = new Utf8JsonReader(text);
        try
        {
            reader.Read();
            reader.Skip();
            return (int)reader.BytesConsumed;
        }
        catch (JsonException)
        {
            lost += reader.BytesConsumed;
            return 0;
        }
    }

    private static int LineLength(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        return (end < 0 ? text : text[..end]).TrimEnd(Blanks).Length;
    }
}
