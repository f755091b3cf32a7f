using System.Buffers.Binary;

namespace Changeling.RecordedFiles.EventLogs;

/// <summary>
/// One chunk of 64 KiB: a header, and records that refer only to names and templates of their own chunk. A record that cannot be read is
/// counted and does not affect the others.
/// </summary>
/// <param name="bytes">The bytes of the chunk; fewer if the file ends inside it.</param>
internal sealed class EventLogChunk(ReadOnlyMemory<byte> bytes)
{
    /// <summary>Number of bytes of a chunk.</summary>
    public const int Size = 65536;

    private const int HeaderSize = 512;

    /// <summary>A record is at least its header, the end token and the copy of its size.</summary>
    private const int MinRecord = 29;

    /// <summary>
    /// Work for one chunk, in characters of XML and tokens. Records of 64 KiB become less than 1 MiB of XML; a template that multiplies its
    /// values stops here, so that the time stays proportional to the size of the file.
    /// </summary>
    private const int MaxWork = 8 * 1024 * 1024;

    private static ReadOnlySpan<byte> Signature => "ElfChnk\0"u8;

    private static ReadOnlySpan<byte> RecordSignature => "**\0\0"u8;

    /// <summary>The identifier of the first record according to the header, by which chunks are ordered; 0 if there is none.</summary>
    public static ulong FirstRecord(ReadOnlySpan<byte> header) =>
        header.Length >= 32 && header.StartsWith(Signature) ? BinaryPrimitives.ReadUInt64LittleEndian(header[24..]) : 0;

    /// <summary>The events in order, as XML, or what is unreadable.</summary>
    public IEnumerable<EventLogRecord> Records()
    {
        var (isChunk, isSound) = (bytes.Span.StartsWith(Signature), IsSound(bytes.Span));
        if (!isChunk && bytes.Span.IndexOfAnyExcept((byte)0) < 0) yield break;
        if (!isChunk) yield return EventLogRecord.Damaged("its header is damaged");

        var xml = new BinaryXml(bytes, MaxWork);
        var (end, found, last) = (isSound ? FreeSpace(bytes.Span) : bytes.Length, 0UL, 0UL);
        for (var position = NextRecord(bytes.Span, Math.Min(HeaderSize, bytes.Length)); position >= 0;)
        {
            var header = RecordHeader.At(bytes.Span, position);

            // A sound header says where the records end. Behind it may be older ones, or newer ones of a log that was not closed.
            if (position >= end && !(header is { } behind && behind.Identifier == last + 1)) break;
            found++;
            if (header is not { } record)
            {
                yield return EventLogRecord.Damaged("the header of a record is damaged");
                position = NextRecord(bytes.Span, position + 1);
                continue;
            }

            last = record.Identifier;
            yield return xml.Event(position + RecordHeader.Size, position + record.Length - sizeof(uint), out var fault) is { } text
                ? new EventLogRecord(text, null)
                : EventLogRecord.Damaged($"record {record.Identifier}: {fault}");
            position = NextRecord(bytes.Span, position + record.Length);
        }

        for (var missing = isSound ? Expected(bytes.Span) : 0; missing > found; missing--)
            yield return EventLogRecord.Damaged("a record is missing");
    }

    /// <summary>Whether the header's checksum fits. In a log that was not closed it does not.</summary>
    private static bool IsSound(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length != Size || !chunk.StartsWith(Signature)) return false;
        var checksum = new Crc32();
        checksum.Add(chunk[..120]);
        checksum.Add(chunk[128..HeaderSize]);
        return checksum.Sum == BinaryPrimitives.ReadUInt32LittleEndian(chunk[124..]);
    }

    private static int FreeSpace(ReadOnlySpan<byte> chunk) =>
        (int)Math.Clamp(BinaryPrimitives.ReadUInt32LittleEndian(chunk[48..]), HeaderSize, (uint)chunk.Length);

    private static ulong Expected(ReadOnlySpan<byte> chunk)
    {
        var (first, last) = (BinaryPrimitives.ReadUInt64LittleEndian(chunk[8..]), BinaryPrimitives.ReadUInt64LittleEndian(chunk[16..]));
        return last >= first && last - first < (Size - HeaderSize) / MinRecord ? last - first + 1 : 0;
    }

    private static int NextRecord(ReadOnlySpan<byte> chunk, int from)
    {
        var found = chunk[from..].IndexOf(RecordSignature);
        return found < 0 ? -1 : from + found;
    }

    /// <summary>The header of a record whose size is possible and repeated at its end.</summary>
    private readonly record struct RecordHeader(int Length, ulong Identifier)
    {
        public const int Size = 24;

        public static RecordHeader? At(ReadOnlySpan<byte> chunk, int position)
        {
            var record = chunk[position..];
            if (record.Length < MinRecord) return null;
            var length = BinaryPrimitives.ReadUInt32LittleEndian(record[4..]);
            if (length < MinRecord || length > record.Length) return null;
            var copy = BinaryPrimitives.ReadUInt32LittleEndian(record[((int)length - sizeof(uint))..]);
            return copy == length ? new((int)length, BinaryPrimitives.ReadUInt64LittleEndian(record[8..])) : null;
        }
    }
}

/// <summary>A record of an event log: an event as XML, or what is unreadable.</summary>
/// <param name="Xml">The <c>Event</c> element in UTF-8; empty if it is damaged.</param>
/// <param name="Damage">What is unreadable; <see langword="null"/> for an event.</param>
internal readonly record struct EventLogRecord(ReadOnlyMemory<byte> Xml, string? Damage)
{
    public static EventLogRecord Damaged(string damage) => new(default, damage);
}
