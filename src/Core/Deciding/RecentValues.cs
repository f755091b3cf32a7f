namespace Changeling.Deciding;

/// <summary>
/// Values that were asked for recently, within a bound of number and size: two generations, of which the older one is dropped when the
/// younger one is full. Safe to use from many threads.
/// </summary>
/// <param name="most">Maximum number of values of a generation.</param>
/// <param name="maxSize">Maximum size of a generation, in the caller's unit.</param>
internal sealed class RecentValues<TKey, TValue>(int most, long maxSize)
    where TKey : struct, IEquatable<TKey>
    where TValue : class
{
    private readonly Lock _gate = new();
    private Dictionary<TKey, TValue> _young = [];
    private Dictionary<TKey, TValue> _old = [];
    private long _size;

    /// <summary>The value of a key, if it is still kept.</summary>
    /// <param name="key">The key.</param>
    /// <param name="size">The size of key and value.</param>
    public TValue? Find(in TKey key, int size)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(key, out var value)) return value;
            if (!_old.Remove(key, out value)) return null;
            Keep(key, value, size);
            return value;
        }
    }

    /// <summary>Keeps a value. Of two threads that add the same key, the first one's value stays.</summary>
    /// <returns>The value that is kept.</returns>
    public TValue Add(in TKey key, TValue value, int size)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(key, out var there)) return there;
            Keep(key, value, size);
            return value;
        }
    }

    /// <summary>Counts what was added to a value that is kept.</summary>
    public void Grow(int size)
    {
        lock (_gate) _size += size;
    }

    private void Keep(in TKey key, TValue value, int size)
    {
        if (size > maxSize) return;
        if (_young.Count >= most || _size + size > maxSize)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
            _size = 0;
        }

        _young[key] = value;
        _size += size;
    }
}
