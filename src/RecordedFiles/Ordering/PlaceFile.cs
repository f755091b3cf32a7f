using System.Buffers.Binary;

namespace Changeling.RecordedFiles.Ordering;

/// <summary>
/// A temporary file with the places of all messages of all files, so that a message is looked into only once: the second time its bytes
/// are enough.
/// </summary>
internal sealed class PlaceFile : IDisposable
{
    private const int EntryLength = sizeof(long) + 2;

    private readonly FileStream _file = TemporaryFile.Create();

    /// <summary>Number of entries so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds the place of the next message.</summary>
    /// <param name="place">The place.</param>
    /// <param name="isInOrder">Whether the message is read at this place again.</param>
    public void Add(MessagePlace place, bool isInOrder)
    {
        Span<byte> entry = stackalloc byte[EntryLength];
        BinaryPrimitives.WriteInt64LittleEndian(entry, place.Ticks);
        (entry[^2], entry[^1]) = (place.Tag, isInOrder ? (byte)1 : (byte)0);
        _file.Write(entry);
        Count++;
    }

    /// <summary>Reads entries.</summary>
    public IEnumerable<(MessagePlace Place, bool IsInOrder)> Read(long from, long count)
    {
        _file.Flush();
        var bytes = new FilePart(_file.SafeFileHandle, from * EntryLength, (from + count) * EntryLength);
        while (bytes.TryRead(EntryLength, out var entry))
            yield return (new(BinaryPrimitives.ReadInt64LittleEndian(entry), entry[^2]), entry[^1] == 1);
    }

    public void Dispose() => _file.Dispose();
}
