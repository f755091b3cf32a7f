using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Changeling.RecordedFiles.Ordering;

/// <summary>Messages in memory that are sorted at once.</summary>
/// <param name="capacity">Number of bytes that they take together; a single message may be larger.</param>
internal sealed class SortBuffer(int capacity)
{
    /// <summary>Number of bytes of a block. A message lies in one; a larger one has a block of its own.</summary>
    private const int BlockSize = 1024 * 1024;

    private readonly List<Entry> _entries = [];
    private readonly List<byte[]> _blocks = [];
    private int _block = -1;
    private int _end = BlockSize;
    private long _used;

    /// <summary>Whether there is no message.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Whether a message of so many bytes can be added.</summary>
    public bool HasRoomFor(int length) =>
        IsEmpty || _used + length + ((_entries.Count + 1L) * Unsafe.SizeOf<Entry>()) <= capacity;

    /// <summary>Adds a copy of a message.</summary>
    public void Add(PlacedMessage message)
    {
        var length = message.Body.Length;
        if (_block < 0 || length > BlockSize - _end) BeginBlock(length);
        message.Body.Span.CopyTo(_blocks[_block].AsSpan(_end));
        _entries.Add(new(message.Place, _blocks[_block], _end, length));
        _end += length;
        _used += length;
    }

    /// <summary>The messages in order. They are valid until the next one is added.</summary>
    public IEnumerable<PlacedMessage> Sorted()
    {
        CollectionsMarshal.AsSpan(_entries).Sort((a, b) => PlacedMessage.Compare(a.Place.Ticks, Bytes(a), b.Place.Ticks, Bytes(b)));
        return _entries.Select(e => new PlacedMessage(e.Place, e.Block.AsMemory(e.Start, e.Length)));
    }

    /// <summary>Removes all messages. The blocks are used again.</summary>
    public void Clear()
    {
        _entries.Clear();
        _blocks.RemoveAll(block => block.Length != BlockSize);
        (_block, _end, _used) = (-1, BlockSize, 0);
    }

    private void BeginBlock(int length)
    {
        // What is left of a block is memory too.
        if (_block >= 0) _used += Math.Max(0, BlockSize - _end);
        _block++;
        _end = 0;
        if (length > BlockSize) _blocks.Insert(_block, new byte[length]);
        else if (_block == _blocks.Count) _blocks.Add(new byte[BlockSize]);
    }

    private static ReadOnlySpan<byte> Bytes(Entry entry) => entry.Block.AsSpan(entry.Start, entry.Length);

    private readonly record struct Entry(MessagePlace Place, byte[] Block, int Start, int Length);
}
