using System.Buffers;

namespace Changeling.Functions.Wire;

/// <summary>A request body as it arrives: pooled pieces of 1 MiB, so that a growing body is never copied and wastes at most one piece.</summary>
internal sealed class BodySegments : IDisposable
{
    private const int PieceBytes = 1024 * 1024;

    private readonly List<byte[]> _pieces = [];
    private int _used = PieceBytes;

    public long Length { get; private set; }

    /// <summary>Room for the next bytes, at least one.</summary>
    public Memory<byte> Free()
    {
        if (_used == PieceBytes)
        {
            _pieces.Add(ArrayPool<byte>.Shared.Rent(PieceBytes));
            _used = 0;
        }

        return _pieces[^1].AsMemory(_used, PieceBytes - _used);
    }

    /// <summary>Takes bytes that were written to <see cref="Free"/> into the body.</summary>
    public void Advance(int count)
    {
        _used += count;
        Length += count;
    }

    /// <summary>The body so far.</summary>
    public ReadOnlySequence<byte> AsSequence()
    {
        if (Length == 0) return ReadOnlySequence<byte>.Empty;

        var first = new Piece(_pieces[0].AsMemory(0, _pieces.Count == 1 ? _used : PieceBytes), runningIndex: 0);
        var last = first;
        for (var i = 1; i < _pieces.Count; i++) last = last.Append(_pieces[i].AsMemory(0, i == _pieces.Count - 1 ? _used : PieceBytes));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    public void Dispose()
    {
        foreach (var piece in _pieces) ArrayPool<byte>.Shared.Return(piece);
        _pieces.Clear();
        _used = PieceBytes;
        Length = 0;
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
