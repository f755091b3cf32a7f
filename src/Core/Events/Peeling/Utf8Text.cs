using System.Text;
using System.Text.Unicode;

namespace Changeling.Events.Peeling;

/// <summary>
/// Converts a body to UTF-8 that every later step can rely on: no byte order mark, no invalid sequence, no lone surrogate.
/// </summary>
internal static class Utf8Text
{
    /// <summary>The same bytes where nothing had to be changed.</summary>
    public static ReadOnlyMemory<byte> From(ReadOnlyMemory<byte> body)
    {
        var text = body.Span switch
        {
            [0xEF, 0xBB, 0xBF, ..] => body[3..],
            [0xFF, 0xFE, ..] => Transcode(Encoding.Unicode, body[2..]),
            [0xFE, 0xFF, ..] => Transcode(Encoding.BigEndianUnicode, body[2..]),

            // UTF-16 without a mark: JSON and XML begin with an ASCII character, and neither holds a NUL.
            [(byte)'{' or (byte)'[' or (byte)'"' or (byte)'<', 0, ..] => Transcode(Encoding.Unicode, body),
            [0, (byte)'{' or (byte)'[' or (byte)'"' or (byte)'<', ..] => Transcode(Encoding.BigEndianUnicode, body),
            _ => body,
        };
        return SurrogateEscapes.Repair(Utf8.IsValid(text.Span) ? text : Transcode(Encoding.UTF8, text));
    }

    /// <summary>Invalid sequences become U+FFFD.</summary>
    private static byte[] Transcode(Encoding encoding, ReadOnlyMemory<byte> text) => Encoding.UTF8.GetBytes(encoding.GetString(text.Span));
}
