using System.Buffers.Binary;

namespace Changeling.TestSupport.EventLogs;

/// <summary>Writes an event log of Windows (<c>.evtx</c>) with its checksums, from events or from binary XML.</summary>
public static class EventLogWriter
{
    /// <summary>Number of bytes before the first chunk.</summary>
    public const int HeaderSize = 4096;

    /// <summary>Number of bytes of a chunk.</summary>
    public const int ChunkSize = 65536;

    /// <summary>The whole log. A record that does not fit into the present chunk begins a new one.</summary>
    /// <param name="records">What each record writes.</param>
    /// <param name="isOpen">A log that was copied while it was in use: the last chunk's header is older than its records.</param>
    public static byte[] Log(IReadOnlyList<Action<BinaryXmlWriter>> records, bool isOpen = false)
    {
        var chunks = new List<byte[]>();
        for (var next = 0; next < records.Count;) chunks.Add(Chunk(records, ref next));
        if (isOpen && chunks.Count > 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(chunks[^1].AsSpan(16), 1);
            BinaryPrimitives.WriteUInt32LittleEndian(chunks[^1].AsSpan(48), 512);
        }

        return [.. Header(chunks.Count, (ulong)records.Count + 1, isOpen), .. chunks.SelectMany(chunk => chunk)];
    }

    private static byte[] Chunk(IReadOnlyList<Action<BinaryXmlWriter>> records, ref int next)
    {
        var (writer, first, lastRecord) = (new BinaryXmlWriter(512), next, 512);
        var bytes = writer.Bytes;
        while (next < records.Count)
        {
            var start = writer.Position;
            writer.Add("**\0\0"u8);
            writer.Add32(0);
            writer.Add64((ulong)next + 1);
            writer.Add64((ulong)new DateTime(2026, 11, 3, 9, 14, 27, DateTimeKind.Utc).AddSeconds(next).ToFileTimeUtc());
            records[next](writer);
            var size = (uint)(writer.Position - start + 4);
            writer.Patch32(start + 4, size);
            writer.Add32(size);
            if (writer.Position > ChunkSize) break;
            (bytes, lastRecord) = (writer.Bytes, start);
            next++;
        }

        if (next == first) throw new InvalidOperationException("a record is larger than a chunk");
        return Chunk(bytes, first + 1, next, lastRecord);
    }

    private static byte[] Chunk(byte[] records, int first, int last, int lastRecord)
    {
        var chunk = new byte[ChunkSize];
        "ElfChnk\0"u8.CopyTo(chunk);
        foreach (var (at, value) in new[] { (8, first), (16, last), (24, first), (32, last) })
            BinaryPrimitives.WriteUInt64LittleEndian(chunk.AsSpan(at), (ulong)value);
        foreach (var (at, value) in new[] { (40, 128u), (44, (uint)lastRecord), (48, 512 + (uint)records.Length), (52, Crc(records)) })
            BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(at), value);
        records.CopyTo(chunk, 512);
        Seal(chunk);
        return chunk;
    }

    /// <summary>Writes the checksum of a chunk's header.</summary>
    public static void Seal(Span<byte> chunk) =>
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[124..], Crc([.. chunk[..120], .. chunk[128..512]]));

    private static byte[] Header(int chunks, ulong nextRecord, bool isOpen)
    {
        var header = new byte[HeaderSize];
        "ElfFile\0"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(16), (ulong)Math.Max(0, chunks - 1));
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(24), nextRecord);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(32), 128);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(36), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(38), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(40), HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(42), (ushort)chunks);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(120), isOpen ? 1u : 0u);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(124), Crc(header.AsSpan(0, 120)));
        return header;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var unit in bytes)
        {
            sum ^= unit;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 1) == 0 ? sum >> 1 : 0xEDB88320 ^ (sum >> 1);
        }

        return ~sum;
    }
}
