using System.Buffers;
using System.Globalization;

namespace Changeling.Functions.Wire;

/// <summary>
/// Unescapes a JSON string that lies in many pieces, straight to its destination. The framework's reader would first copy
/// all of it, twice, into arrays that the shared pool then keeps: at 140 MB that is most of the memory of an instance.
/// </summary>
internal static class EscapedText
{
    private const int HexDigits = 4;

    /// <summary>Unescapes a string that the reader has found well formed.</summary>
    /// <param name="escaped">What stands between the quotes.</param>
    /// <param name="destination">As long as <paramref name="escaped"/>, or longer.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="BadInvocationException">An escape stands for something that no array of base64 holds.</exception>
    public static int Unescape(ReadOnlySequence<byte> escaped, Span<byte> destination)
    {
        var written = 0;
        var reader = new SequenceReader<byte>(escaped);
        while (reader.TryReadTo(out ReadOnlySequence<byte> plain, (byte)'\\'))
        {
            plain.CopyTo(destination[written..]);
            written += (int)plain.Length;
            reader.TryRead(out var letter);
            destination[written++] = letter == (byte)'u' ? Hexadecimal(ref reader) : Simple(letter);
        }

        reader.UnreadSequence.CopyTo(destination[written..]);
        return written + (int)reader.Remaining;
    }

    private static byte Simple(byte letter) => letter switch
    {
        (byte)'"' or (byte)'\\' or (byte)'/' => letter,
        (byte)'n' or (byte)'r' or (byte)'t' => (byte)' ',
        _ => throw NotBase64(),
    };

    private static byte Hexadecimal(ref SequenceReader<byte> reader)
    {
        Span<byte> digits = stackalloc byte[HexDigits];
        if (!reader.TryCopyTo(digits)) throw NotBase64();
        reader.Advance(HexDigits);
        return ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code < 0x80
            ? (byte)code
            : throw NotBase64();
    }

    private static BadInvocationException NotBase64() => new("Data.telemetry holds an escape that no array of base64 strings needs.");
}
