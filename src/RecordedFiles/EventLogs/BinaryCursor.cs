using System.Buffers.Binary;
using System.Text;

namespace Changeling.RecordedFiles.EventLogs;

/// <summary>Reads little-endian values from a chunk, up to a bound.</summary>
/// <param name="chunk">The whole chunk, since names and templates are referred to by their position in it.</param>
/// <param name="position">Where to begin.</param>
/// <param name="end">The bound.</param>
internal ref struct BinaryCursor(ReadOnlySpan<byte> chunk, int position, int end)
{
    private readonly ReadOnlySpan<byte> _chunk = chunk;

    public int Position { get; private set; } = position;

    public readonly int End => end;

    public readonly bool IsAtEnd => Position >= end;

    public byte Byte() => Bytes(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    /// <summary>UTF-16 text with the number of its units before it.</summary>
    /// <exception cref="BinaryXmlException">It is longer than <paramref name="max"/>.</exception>
    public string Text(int max = ushort.MaxValue)
    {
        var length = UInt16();
        return length <= max ? Encoding.Unicode.GetString(Bytes(length * 2)) : throw new BinaryXmlException("a name is too long");
    }

    /// <exception cref="BinaryXmlException">There are fewer bytes.</exception>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > end - Position) throw new BinaryXmlException("it ends too early");
        var bytes = _chunk.Slice(Position, count);
        Position += count;
        return bytes;
    }
}

/// <summary>A record is not what the format description says. Caught for each record.</summary>
internal sealed class BinaryXmlException(string message) : Exception(message);
