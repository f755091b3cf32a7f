using System.Runtime.InteropServices;

namespace Changeling.RecordedFiles.Ordering;

/// <summary>Messages in memory that are sorted at once.</summary>
/// <param name="capacity">Number of bytes that they take together; a single message may be larger.</param>
internal sealed class SortBuffer(int capacity)
{
    private const int FirstSize = 64 * 1024;

    private readonly List<Entry> _entries = [];
    private byte[] _bytes = [];
    private int _used;

    /// <summary>Whether there is no message.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Whether a message of so many bytes can be added.</summary>
    public bool HasRoomFor(int length) =>
        IsEmpty || (long)_used + length + ((_entries.Count + 1L) * Marshal.SizeOf<Entry>()) <= capacity;

    /// <summary>Adds a copy of a message.</summary>
    public void Add(PlacedMessage message)
    {
        var length = message.Body.Length;
        if (_bytes.Length - _used < length)
        {
            var doubled = Math.Min(Math.Max(FirstSize, 2L * _bytes.Length), capacity);
            Array.Resize(ref _bytes, checked((int)Math.Max(doubled, (long)_used + length)));
        }

        message.Body.Span.CopyTo(_bytes.AsSpan(_used));
        _entries.Add(new(message.Place, _used, length));
        _used += length;
    }

    /// <summary>The messages in order. They are valid until the next one is added.</summary>
    public IEnumerable<PlacedMessage> Sorted()
    {
        CollectionsMarshal.AsSpan(_entries).Sort((a, b) => PlacedMessage.Compare(a.Place.Ticks, Bytes(a), b.Place.Ticks, Bytes(b)));
        return _entries.Select(e => new PlacedMessage(e.Place, _bytes.AsMemory(e.Start, e.Length)));
    }

    /// <summary>Removes all messages.</summary>
    public void Clear()
    {
        _entries.Clear();
        _used = 0;
        if (_bytes.Length > capacity) _bytes = [];
    }

    private ReadOnlySpan<byte> Bytes(Entry entry) => _bytes.AsSpan(entry.Start, entry.Length);

    private readonly record struct Entry(MessagePlace Place, int Start, int Length);
}
