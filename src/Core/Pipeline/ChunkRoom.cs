using Changeling.Storing;

namespace Changeling.Pipeline;

/// <summary>The free part of one transaction, in rows and in the store's own measure of size.</summary>
internal sealed class ChunkRoom(ICommitSizes sizes)
{
    private readonly HashSet<object> _taken = [];
    private readonly Dictionary<object, int> _reported = [];
    private int _rows;
    private long _size;

    /// <summary>Reserves room for all rows that a decision may change, or for none of them.</summary>
    /// <param name="launches">The number of its rows of launches that are new in the transaction.</param>
    /// <param name="launchSize">Their size.</param>
    /// <param name="others">Its other rows, of which those with the same key need room only once.</param>
    /// <param name="isFirst">The first record fits in any case.</param>
    public bool TryTake(int launches, long launchSize, IEnumerable<ChunkRow> others, bool isFirst)
    {
        ChunkRow[] fresh = others is ICollection<ChunkRow> { Count: 0 } ? [] : [.. others.Where(IsNew)];
        var (rows, size) = (launches + fresh.Length, launchSize);
        foreach (var row in fresh) size += SizeOf(row);
        if (!isFirst && (_rows + rows > BaselineCommit.MaxRows || _size + size > sizes.Max)) return false;

        foreach (var row in fresh) Take(row);
        (_rows, _size) = (_rows + rows, _size + size);
        return true;
    }

    /// <summary>A detection needs no room if each rule has had as many chances in this chunk as its cap lets through.</summary>
    private bool IsNew(ChunkRow row) => row.Reasons is { } reasons
        ? reasons.Any(reason => !(_reported.GetValueOrDefault(reason.Key) >= reason.Max))
        : !_taken.Contains(row.Key);

    private void Take(ChunkRow row)
    {
        if (row.Reasons is not { } reasons) _taken.Add(row.Key);
        else foreach (var (key, _) in reasons) _reported[key] = _reported.GetValueOrDefault(key) + 1;
    }

    private long SizeOf(ChunkRow row) => row.Reasons is not null || row.IsBody ? sizes.Detection : sizes.Other;
}
