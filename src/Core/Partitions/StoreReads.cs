namespace Changeling.Partitions;

/// <summary>Reads of the store side by side, a bounded number at a time.</summary>
internal static class StoreReads
{
    /// <summary>Reads under way at once, for one event partition.</summary>
    public const int MaxAtOnce = 16;

    /// <summary>Reads all keys; nothing is returned unless every read succeeds.</summary>
    public static async Task<IReadOnlyList<(TKey Key, TValue Value)>> ReadTogetherAsync<TKey, TValue>(
        this IReadOnlyList<TKey> keys, Func<TKey, Task<TValue>> read)
    {
        var all = new List<(TKey, TValue)>(keys.Count);
        foreach (var some in keys.Chunk(MaxAtOnce))
        {
            var values = await Task.WhenAll(some.Select(read));
            all.AddRange(some.Zip(values));
        }

        return all;
    }
}
