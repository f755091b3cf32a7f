namespace Changeling.Events.Peeling;

/// <summary>Where JSON begins behind a header, for example of syslog.</summary>
internal static class JsonStart
{
    /// <summary>The first object with a property or none, or array of objects; -1 without one.</summary>
    public static int In(ReadOnlySpan<byte> text)
    {
        for (var from = 0; from < text.Length;)
        {
            var found = text[from..].IndexOfAny((byte)'{', (byte)'[');
            if (found < 0) return -1;
            var next = text[(from + found + 1)..].TrimStart(" \t\r\n"u8);
            if (next is [(byte)'"' or (byte)'}' or (byte)'{', ..] && (text[from + found] == '{') == (next[0] != '{')) return from + found;
            from += found + 1;
        }

        return -1;
    }
}
