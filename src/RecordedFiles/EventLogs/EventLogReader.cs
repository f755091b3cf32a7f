using System.Buffers.Binary;
using System.Globalization;

namespace Changeling.RecordedFiles.EventLogs;

/// <summary>
/// Reads an event log of Windows (<c>.evtx</c>) chunk by chunk, in the order of its records: a log that is full begins again at its first
/// chunk. The log need not be closed.
/// </summary>
/// <param name="log">The file; it can seek.</param>
internal sealed class EventLogReader(Stream log)
{
    private const int UsualFirstChunk = 4096;
    private const int HeaderSize = 32;

    private static ReadOnlySpan<byte> Signature => "ElfFile\0"u8;

    /// <summary>Whether content begins as an event log does.</summary>
    public static bool IsEventLog(ReadOnlySpan<byte> head) => head.StartsWith(Signature);

    /// <summary>The events in order, as XML, with what is unreadable.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IEnumerable<EventLogRecord> Records()
    {
        var buffer = new byte[EventLogChunk.Size];
        foreach (var position in Chunks())
        {
            log.Position = position;
            var length = log.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            foreach (var record in new EventLogChunk(buffer.AsMemory(0, length)).Records())
            {
                yield return record.Damage is null
                    ? record
                    : EventLogRecord.Damaged(
                        string.Create(CultureInfo.InvariantCulture, $"the chunk at byte {position} is damaged: {record.Damage}"));
            }
        }
    }

    /// <summary>The positions of the chunks, by their first record. A chunk without a header stays behind the one before it.</summary>
    private List<long> Chunks()
    {
        var header = new byte[HeaderSize];
        var (chunks, last) = (new List<(ulong First, long Position)>(), 0UL);
        for (var position = FirstChunk(); position < log.Length; position += EventLogChunk.Size)
        {
            log.Position = position;
            var length = log.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            if (EventLogChunk.FirstRecord(header.AsSpan(0, length)) is > 0 and var first) last = first;
            chunks.Add((last, position));
        }

        return [.. chunks.OrderBy(chunk => chunk.First).Select(chunk => chunk.Position)];
    }

    /// <summary>The size of the header's block, in which only the first 128 bytes are used.</summary>
    private long FirstChunk()
    {
        Span<byte> header = stackalloc byte[128];
        log.Position = 0;
        var length = log.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        var size = length < header.Length ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(header[40..]);
        return size < header.Length ? UsualFirstChunk : size;
    }
}
