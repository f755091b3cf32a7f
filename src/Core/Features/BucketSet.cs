using System.Numerics;

namespace Changeling.Features;

/// <summary>A set of buckets that is emptied while it is read, so that it can be used again.</summary>
internal sealed class BucketSet
{
    private readonly ulong[] _bits = new ulong[SparseGrams.Buckets / 64];

    /// <summary>A bit for each word of <see cref="_bits"/> that is not 0.</summary>
    private readonly ulong[] _used = new ulong[SparseGrams.Buckets / 64 / 64];

    private int[] _list = new int[1024];

    /// <summary>Adds a bucket.</summary>
    public void Add(int bucket)
    {
        var word = bucket >> 6;
        _bits[word] |= 1UL << (bucket & 63);
        _used[word >> 6] |= 1UL << (word & 63);
    }

    /// <summary>Adds all buckets of another set, which keeps them.</summary>
    public void Add(BucketSet other)
    {
        for (var part = 0; part < _used.Length; part++)
        {
            _used[part] |= other._used[part];
            for (var words = other._used[part]; words != 0; words &= words - 1)
            {
                var word = (part * 64) + BitOperations.TrailingZeroCount(words);
                _bits[word] |= other._bits[word];
            }
        }
    }

    /// <summary>Takes all buckets out.</summary>
    /// <returns>The buckets, ascending; valid until the next call.</returns>
    public ReadOnlySpan<int> Take()
    {
        var count = 0;
        for (var part = 0; part < _used.Length; part++)
        {
            for (var words = _used[part]; words != 0; words &= words - 1)
            {
                var word = (part * 64) + BitOperations.TrailingZeroCount(words);
                if (count + 64 > _list.Length) Array.Resize(ref _list, _list.Length * 2);
                for (var bits = _bits[word]; bits != 0; bits &= bits - 1)
                    _list[count++] = (word * 64) + BitOperations.TrailingZeroCount(bits);
                _bits[word] = 0;
            }

            _used[part] = 0;
        }

        return _list.AsSpan(0, count);
    }
}
