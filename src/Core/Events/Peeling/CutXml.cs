namespace Changeling.Events.Peeling;

/// <summary>XML that ends too early, or cannot be read from some point on: what is before that point, made whole.</summary>
internal static class CutXml
{
    private const string CharacterData = "<![CDATA[";

    /// <summary>The text before the fault, without an unfinished tag or reference, and with the end tags of what is open.</summary>
    /// <param name="xml">The text.</param>
    /// <param name="fault">Where it cannot be read any more.</param>
    /// <param name="open">The elements that are open there, the innermost first.</param>
    public static string Closed(string xml, int fault, IEnumerable<string> open)
    {
        var text = xml.AsSpan(0, fault);
        var data = text.LastIndexOf(CharacterData);
        var isInData = data >= 0 && text[data..].IndexOf("]]>") < 0;
        if (!isInData)
        {
            if (text.LastIndexOf('<') is var tag and >= 0 && text[tag..].IndexOf('>') < 0) text = text[..tag];
            if (text.LastIndexOf('&') is var reference and >= 0 && text[reference..].IndexOfAny(';', '<', '>') < 0)
                text = text[..reference];
        }

        return string.Concat(text, isInData ? "]]>" : "", string.Concat(open.Select(name => $"</{name}>")));
    }

    /// <summary>The offset of a position that the XML reader reports: line and column from 1, a line end being CR, LF or both.</summary>
    public static int Offset(string xml, int line, int column)
    {
        var start = 0;
        for (; line > 1; line--)
        {
            var end = xml.AsSpan(start).IndexOfAny('\r', '\n');
            if (end < 0) break;
            start += end + (xml.AsSpan(start + end).StartsWith("\r\n") ? 2 : 1);
        }

        return Math.Clamp(start + column - 1, 0, xml.Length);
    }
}
