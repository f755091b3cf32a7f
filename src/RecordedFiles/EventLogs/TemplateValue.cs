using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Changeling.RecordedFiles.EventLogs;

/// <summary>One value of a template instance, and the text that Windows writes for it.</summary>
/// <param name="Start">Position of its bytes in the chunk.</param>
/// <param name="Length">Number of its bytes.</param>
/// <param name="Type">The value type.</param>
internal readonly record struct TemplateValue(int Start, int Length, byte Type)
{
    private const byte ArrayFlag = 0x80;

    /// <summary>Whether there is no value.</summary>
    public bool IsNull => Type == 0x00;

    /// <summary>Whether it is binary XML of its own.</summary>
    public bool IsBinaryXml => Type == 0x21;

    /// <summary>Whether it is an array.</summary>
    public bool IsArray => (Type & ArrayFlag) != 0;

    /// <summary>The text of the value, or of each item of an array.</summary>
    public List<string> Texts(ReadOnlySpan<byte> chunk)
    {
        var bytes = chunk.Slice(Start, Length);
        if (IsNull) return [];
        if (!IsArray) return [Text(Type, bytes)];

        var type = (byte)(Type & ~ArrayFlag);
        var texts = new List<string>();
        while (!bytes.IsEmpty)
        {
            var length = Math.Min(ItemLength(type, bytes), bytes.Length);
            texts.Add(Text(type, bytes[..length]));
            bytes = bytes[length..];
        }

        return texts;
    }

    /// <summary>The length of the first item of an array: texts end with a null, all others have a fixed length.</summary>
    private static int ItemLength(byte type, ReadOnlySpan<byte> bytes) => type switch
    {
        0x01 => UnitsToNull(bytes) * 2,
        0x02 => bytes.IndexOf((byte)0) is var end and >= 0 ? end + 1 : bytes.Length,
        0x03 or 0x04 => 1,
        0x05 or 0x06 => 2,
        0x07 or 0x08 or 0x0B or 0x0D or 0x14 => 4,
        0x09 or 0x0A or 0x0C or 0x11 or 0x15 => 8,
        0x0F or 0x12 => 16,
        0x13 when bytes.Length > 1 => 8 + 4 * bytes[1],
        _ => bytes.Length,
    };

    private static int UnitsToNull(ReadOnlySpan<byte> bytes)
    {
        var units = 0;
        while (units < bytes.Length / 2 && (bytes[units * 2] | bytes[units * 2 + 1]) != 0) units++;
        return Math.Max(1, Math.Min(units + 1, (bytes.Length + 1) / 2));
    }

    private static string Text(byte type, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return type switch
            {
                0x01 => Encoding.Unicode.GetString(bytes).TrimEnd('\0'),
                0x02 => Encoding.Latin1.GetString(bytes).TrimEnd('\0'),
                0x03 => Number((sbyte)bytes[0]),
                0x04 => Number(bytes[0]),
                0x05 => Number(BinaryPrimitives.ReadInt16LittleEndian(bytes)),
                0x06 => Number(BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
                0x07 => Number(BinaryPrimitives.ReadInt32LittleEndian(bytes)),
                0x08 => Number(BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
                0x09 => Number(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
                0x0A => Number(BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
                0x0B => Number(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
                0x0C => Number(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
                0x0D => bytes.IndexOfAnyExcept((byte)0) < 0 ? "false" : "true",
                0x0F => new Guid(bytes).ToString("B", CultureInfo.InvariantCulture).ToUpperInvariant(),
                0x11 => Time(DateTime.FromFileTimeUtc(BinaryPrimitives.ReadInt64LittleEndian(bytes))),
                0x12 => Time(SystemTime(bytes)),
                0x13 => Sid(bytes),
                0x10 or 0x14 or 0x15 => Hex(bytes),
                _ => Convert.ToHexString(bytes),
            };
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException)
        {
            // The bytes are no value of their type. The field is missing, and the rest of the event is read.
            return "";
        }
    }

    private static string Number<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Hex(ReadOnlySpan<byte> bytes) => bytes.Length < 8
        ? $"0x{BinaryPrimitives.ReadUInt32LittleEndian(bytes):x}"
        : $"0x{BinaryPrimitives.ReadUInt64LittleEndian(bytes):x}";

    private static string Time(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    private static DateTime SystemTime(ReadOnlySpan<byte> bytes) => new(
        Unit(bytes, 0), Unit(bytes, 1), Unit(bytes, 3), Unit(bytes, 4), Unit(bytes, 5), Unit(bytes, 6), Unit(bytes, 7), DateTimeKind.Utc);

    private static int Unit(ReadOnlySpan<byte> bytes, int index) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[(index * 2)..]);

    /// <summary>Revision, number of parts, an authority of 48 bits in network order, and the parts.</summary>
    private static string Sid(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("S-").Append(bytes[0]).Append('-');
        text.Append(((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]));
        for (var part = 0; part < bytes[1]; part++)
            text.Append('-').Append(BinaryPrimitives.ReadUInt32LittleEndian(bytes[(8 + 4 * part)..]));
        return text.ToString();
    }
}
