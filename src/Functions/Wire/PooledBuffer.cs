using System.Buffers;

namespace Changeling.Functions.Wire;

/// <summary>Bytes in one array of the shared pool; what is read from it is valid until it is disposed.</summary>
/// <param name="capacity">Most bytes that will be put in, at least 1.</param>
internal sealed class PooledBuffer(int capacity) : IDisposable
{
    /// <summary>A larger array is made to measure and left to the collector: the pool would round it up to the next power of two and keep it.</summary>
    private const int LargestPooled = BatchGate.LargeBody;

    private byte[] _array = capacity <= LargestPooled ? ArrayPool<byte>.Shared.Rent(capacity) : GC.AllocateUninitializedArray<byte>(capacity);

    /// <summary>The whole array, at least the capacity.</summary>
    public Span<byte> Room => _array;

    /// <summary>How many bytes were put in.</summary>
    public int Length { get; set; }

    public Memory<byte> Memory => _array.AsMemory(0, Length);

    public void Dispose()
    {
        var array = _array;
        _array = [];
        Length = 0;
        if (array.Length > 0 && capacity <= LargestPooled) ArrayPool<byte>.Shared.Return(array);
    }
}
