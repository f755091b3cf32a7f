namespace Changeling.Events.Peeling;

/// <summary>
/// Cuts text into its <c>&lt;Event&gt;</c> elements by their tags alone, so that an invalid event does not affect the others and nothing
/// before them (a document type, a root) is ever interpreted. In well-formed XML a text or attribute cannot hold the tags.
/// </summary>
internal static class XmlEvents
{
    private static ReadOnlySpan<byte> Start => "<Event"u8;

    private static ReadOnlySpan<byte> End => "</Event>"u8;

    /// <summary>An element starts with a name, a declaration with <c>?</c>, a comment with <c>!</c>; a syslog line with a number.</summary>
    public static bool IsXml(ReadOnlySpan<byte> start) =>
        start.Length > 1 && start[0] == '<' && (char.IsAsciiLetter((char)start[1]) || start[1] is (byte)'?' or (byte)'!');

    /// <summary>Each event, and each piece of other text between events, in order.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>The range of the piece, and whether it is an event.</returns>
    public static IEnumerable<(Range Range, bool IsEvent)> Pieces(ReadOnlyMemory<byte> text)
    {
        for (var position = 0; position < text.Length;)
        {
            var start = NextStart(text.Span, position);
            if (!IsFrame(text.Span[position..start])) yield return (position..start, false);
            if (start == text.Length) yield break;

            var next = NextStart(text.Span, start + Start.Length);
            var end = text.Span[start..next].IndexOf(End);
            position = end < 0 ? next : start + end + End.Length;
            yield return (start..position, true);
        }
    }

    /// <summary>Where the first event begins; -1 when there is none.</summary>
    public static int FirstIn(ReadOnlySpan<byte> text) => NextStart(text, 0) is var start && start < text.Length ? start : -1;

    /// <summary>
    /// The end of the event that begins in a line behind a header; it may be in a later line. It is the end of the line when there is no
    /// event, or when the next one begins before it ends.
    /// </summary>
    /// <param name="text">All of the text.</param>
    /// <param name="line">The line.</param>
    /// <param name="nextEnd">
    /// Where the next end tag is, as far as is known: the caller keeps it from line to line, so that no byte is searched again and again.
    /// </param>
    public static int EndAfterHeader(ReadOnlySpan<byte> text, Range line, ref int nextEnd)
    {
        var (from, end) = (line.Start.Value, line.End.Value);
        var start = FirstIn(text[from..end]);
        if (start < 0 || (JsonStart.In(text[from..end]) is var json and >= 0 && json < start)) return end;
        if (nextEnd < from + start)
            nextEnd = text[(from + start)..].IndexOf(End) is var found and >= 0 ? from + start + found : text.Length;
        if (nextEnd == text.Length) return end;
        var next = FirstIn(text[(from + start + Start.Length)..nextEnd]);
        return next < 0 ? nextEnd + End.Length : Math.Min(end, from + start + Start.Length + next);
    }

    /// <summary><c>&lt;EventData</c> and <c>&lt;Events</c> begin in the same way and are not events.</summary>
    private static int NextStart(ReadOnlySpan<byte> text, int from)
    {
        while (text[from..].IndexOf(Start) is var found and >= 0)
        {
            from += found + Start.Length;
            if (from < text.Length && IsNameEnd(text[from])) return from - Start.Length;
        }

        return text.Length;
    }

    /// <summary>Whether the text is only white space, a declaration, comments, or tags of a root <c>Events</c>.</summary>
    private static bool IsFrame(ReadOnlySpan<byte> text)
    {
        for (var rest = text.Trim(" \t\r\n"u8); !rest.IsEmpty; rest = rest.TrimStart(" \t\r\n"u8))
        {
            var close = rest switch
            {
                _ when rest.StartsWith("<?"u8) => "?>"u8,
                _ when rest.StartsWith("<!--"u8) => "-->"u8,
                _ when rest.StartsWith("</Events"u8) => ">"u8,
                _ when rest.StartsWith("<Events"u8) && rest.Length > 7 && IsNameEnd(rest[7]) => ">"u8,
                _ => default,
            };
            var end = close.IsEmpty ? -1 : rest.IndexOf(close);
            if (end < 0) return false;
            rest = rest[(end + close.Length)..];
        }

        return true;
    }

    private static bool IsNameEnd(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'>' or (byte)'/';
}
