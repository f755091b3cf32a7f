using System.Buffers.Text;

namespace Changeling.Events.Peeling;

/// <summary>
/// Replaces escapes of lone surrogates (<c>\ud800</c>) by <c>\ufffd</c>, of equal length. JSON allows them, Windows command
/// lines can hold them, and .NET's reader throws on them, in values and in property names.
/// </summary>
internal static class SurrogateEscapes
{
    private const int EscapeLength = 6;

    /// <summary>The same bytes where there is none.</summary>
    public static ReadOnlyMemory<byte> Repair(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOf("\\ud"u8) < 0 && json.Span.IndexOf("\\uD"u8) < 0) return json;

        byte[]? repaired = null;
        for (var at = NextEscape(json.Span, 0); at >= 0;)
        {
            var isHigh = IsSurrogate(json.Span[at..], 0xD800);
            if (isHigh && IsSurrogate(json.Span[Math.Min(at + EscapeLength, json.Length)..], 0xDC00))
            {
                at = NextEscape(json.Span, at + 2 * EscapeLength);
                continue;
            }

            if (isHigh || IsSurrogate(json.Span[at..], 0xDC00))
            {
                repaired ??= json.ToArray();
                "\\ufffd"u8.CopyTo(repaired.AsSpan(at));
            }

            at = NextEscape(json.Span, at + 2);
        }

        return repaired ?? json;
    }

    /// <summary>Escapes are pairs read from the left: in <c>\\ud800</c> the backslash is escaped and <c>ud800</c> is text.</summary>
    private static int NextEscape(ReadOnlySpan<byte> json, int from)
    {
        if (from >= json.Length) return -1;
        var next = json[from..].IndexOf((byte)'\\');
        return next < 0 ? -1 : from + next;
    }

    private static bool IsSurrogate(ReadOnlySpan<byte> text, int first) =>
        text.Length >= EscapeLength
        && text.StartsWith("\\u"u8)
        && Utf8Parser.TryParse(text[2..EscapeLength], out ushort unit, out var digits, 'x')
        && digits == 4
        && unit >= first && unit < first + 0x400;
}
