using System.Buffers.Binary;
using Amqp;

namespace Changeling.HubStandIn.Messages;

/// <summary>A section of an encoded AMQP message, without a look inside.</summary>
/// <param name="Code">Its descriptor.</param>
/// <param name="Length">Bytes, descriptor included.</param>
internal readonly record struct Section(ulong Code, int Length)
{
    /// <summary>The section that bytes begin with.</summary>
    /// <param name="bytes">From the start of the section; may hold more behind it.</param>
    /// <exception cref="AmqpException">They do not begin with a section, or end before it does.</exception>
    public static Section First(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 3 || bytes[0] != 0x00) throw Broken();

        var (code, valueAt) = bytes[1] switch
        {
            0x53 => (bytes[2], 3),
            0x80 when bytes.Length >= 10 => (BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]), 10),
            _ => throw Broken(),
        };
        var length = valueAt + (long)ValueLength(bytes[valueAt..]);
        return length <= bytes.Length ? new Section(code, (int)length) : throw Broken();
    }

    /// <summary>The upper half of a format code says how the length of a value is given (AMQP 1.0, part 1.2).</summary>
    private static long ValueLength(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) throw Broken();

        return (value[0] >> 4) switch
        {
            0x4 => 1,
            0x5 => 2,
            0x6 => 3,
            0x7 => 5,
            0x8 => 9,
            0x9 => 17,
            0xA or 0xC or 0xE when value.Length >= 2 => 2L + value[1],
            0xB or 0xD or 0xF when value.Length >= 5 => 5L + BinaryPrimitives.ReadUInt32BigEndian(value[1..]),
            _ => throw Broken(),
        };
    }

    private static AmqpException Broken() => new(ErrorCode.DecodeError, "The message is not a list of AMQP sections.");
}
