namespace Changeling.Features;

/// <summary>A set of buckets in the order in which they were added. Emptying it takes as long as what is in it.</summary>
internal sealed class BucketSet
{
    private readonly ulong[] _bits = new ulong[SparseGrams.Buckets / 64];
    private int[] _list = new int[1024];

    /// <summary>Number of buckets.</summary>
    public int Count { get; private set; }

    /// <summary>The buckets, each once; valid until the next change.</summary>
    public ReadOnlySpan<int> All => _list.AsSpan(0, Count);

    /// <summary>Adds the bucket of a hash.</summary>
    /// <param name="state">The hash before <see cref="StableHash.Mix(uint)"/>.</param>
    public void AddHash(uint state) => Add((int)(StableHash.Mix(state) % SparseGrams.Buckets));

    /// <summary>Adds a bucket.</summary>
    public void Add(int bucket)
    {
        ref var bits = ref _bits[bucket >> 6];
        var bit = 1UL << (bucket & 63);
        if ((bits & bit) != 0) return;
        bits |= bit;
        if (Count == _list.Length) Grow();
        _list[Count++] = bucket;
    }

    /// <summary>Takes all buckets out.</summary>
    public void Clear()
    {
        foreach (var bucket in All) _bits[bucket >> 6] = 0;
        Count = 0;
    }

    private void Grow() => Array.Resize(ref _list, _list.Length * 2);
}
