using System.Buffers;

namespace Changeling.Features;

/// <summary>Text that grows: in the room that it is given, and in a rented array as soon as that is full.</summary>
/// <param name="room">Room for short texts, usually on the stack.</param>
internal ref struct TextBuffer(Span<char> room)
{
    private Span<char> _room = room;
    private char[]? _rented;

    /// <summary>Number of characters.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next change.</summary>
    public readonly ReadOnlySpan<char> Text => _room[..Length];

    /// <summary>Room behind the text, to be written to; what was written belongs to the text after <see cref="Set"/>.</summary>
    public Span<char> Room(int length)
    {
        if (length > _room.Length - Length) Grow(length);
        return _room.Slice(Length, length);
    }

    /// <summary>Adds a character.</summary>
    public void Append(char c)
    {
        if (Length == _room.Length) Grow(1);
        _room[Length++] = c;
    }

    /// <summary>Adds a text.</summary>
    public void Append(scoped ReadOnlySpan<char> text)
    {
        if (text.Length > _room.Length - Length) Grow(text.Length);
        text.CopyTo(_room[Length..]);
        Length += text.Length;
    }

    /// <summary>Sets the number of characters: the first ones of what was written.</summary>
    public void Set(int length) => Length = length;

    /// <summary>Gives a rented array back; the text is no longer valid.</summary>
    public readonly void Dispose()
    {
        if (_rented is not null) ArrayPool<char>.Shared.Return(_rented);
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + more, _room.Length * 2));
        Text.CopyTo(larger);
        Dispose();
        _room = _rented = larger;
    }
}
