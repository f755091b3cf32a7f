using Changeling.Storing;

namespace Changeling.Pipeline;

/// <summary>The free part of one transaction, in rows and in the store's own measure of size.</summary>
internal sealed class ChunkRoom(ICommitSizes sizes)
{
    private readonly Dictionary<object, int> _taken = [];
    private int _rows;
    private long _size;

    /// <summary>Reserves room for all rows that a decision may change, or for none of them.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="isFirst">The first record fits in any case.</param>
    public bool TryTake(IEnumerable<ChunkRow> rows, bool isFirst)
    {
        var fresh = rows.Where(IsNew).ToList();
        var size = fresh.Sum(SizeOf);
        if (!isFirst && (_rows + fresh.Count > BaselineCommit.MaxRows || _size + size > sizes.Max)) return false;

        foreach (var row in fresh) _taken[row.Key] = _taken.GetValueOrDefault(row.Key) + 1;
        (_rows, _size) = (_rows + fresh.Count, _size + size);
        return true;
    }

    private bool IsNew(ChunkRow row) => !_taken.TryGetValue(row.Key, out var taken) || (row.IsDetection && !(taken >= row.MaxDetections));

    private long SizeOf(ChunkRow row) => row switch
    {
        { IsDetection: true } => sizes.Detection,
        { Names: var (parent, child) } => sizes.Launch(parent, child),
        _ => sizes.Other,
    };
}
