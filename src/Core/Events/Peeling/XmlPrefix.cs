using System.Buffers;

namespace Changeling.Events.Peeling;

/// <summary>
/// Removes the namespace prefix that some writers of XML put before each element: <c>&lt;ns0:Event&gt;</c>. A text or attribute cannot
/// hold a tag, so only names of elements change.
/// </summary>
internal static class XmlPrefix
{
    private const int LongestPrefix = 16;

    private static ReadOnlySpan<byte> Name => ":Event"u8;

    /// <summary>The same bytes where no event has a prefix. Linear in the number of bytes.</summary>
    public static ReadOnlyMemory<byte> Removed(ReadOnlyMemory<byte> xml)
    {
        var text = xml.Span;
        var prefix = Of(text);
        if (prefix.IsEmpty) return xml;

        var plain = new ArrayBufferWriter<byte>(text.Length);
        while (text.IndexOf((byte)'<') is var tag and >= 0)
        {
            var name = tag + 1 < text.Length && text[tag + 1] == '/' ? tag + 2 : tag + 1;
            plain.Write(text[..name]);
            text = text[name..];
            if (text.StartsWith(prefix) && text.Length > prefix.Length && text[prefix.Length] == ':') text = text[(prefix.Length + 1)..];
        }

        plain.Write(text);
        return plain.WrittenMemory;
    }

    /// <summary>The prefix of the first event, or of the root around events; empty without one.</summary>
    private static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> text)
    {
        for (var from = 0; text[from..].IndexOf(Name) is var found and >= 0; from += found + Name.Length)
        {
            var end = from + found;
            var start = end;
            while (start > 0 && end - start < LongestPrefix && IsNameByte(text[start - 1])) start--;
            if (start < end && start > 0 && text[start - 1] == '<') return text[start..end];
        }

        return default;
    }

    private static bool IsNameByte(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'-' or (byte)'.';
}
