using System.IO.Compression;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Operations;

namespace Changeling.Backtest.Checkpoints;

/// <summary>
/// Launch rows in a checkpoint: each part is a file of exported counts of one partition, with its rows in their original order.
/// </summary>
internal static class RowsPart
{
    public static void Write(
        ZipArchive archive, string name, EventPartition partition, Watermark watermark, IEnumerable<(string Parent, CountRow Row)> rows)
    {
        using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        var count = 0L;
        entry.Write(BaselineFile.Header("", "", DateTimeOffset.UnixEpoch));
        entry.Write(BaselineFile.Begin(partition, watermark));
        foreach (var (parent, row) in rows)
        {
            entry.Write(BaselineFile.Row(parent, row));
            count++;
        }

        entry.Write(BaselineFile.End(count, hasMoved: false));
        entry.Write(BaselineFile.EndOfFile(1));
    }

    /// <exception cref="InvalidDataException">The part is missing or not complete.</exception>
    public static async Task<(
        Watermark Watermark,
        IReadOnlyList<(string Parent, CountRow Row)> Rows)> ReadAsync(ZipArchive archive, string name, CancellationToken cancellationToken)
    {
        var reader = new BaselineFileReader(() => CheckpointJson.Part(archive, name).Open());
        var content = await reader.CheckAsync(cancellationToken);
        if (content.Partitions is not [var partition])
            throw new InvalidDataException($"{name} is of {content.Partitions.Count} partitions");
        var rows = new List<(string, CountRow)>();
        await foreach (var row in reader.RowsAsync(0, cancellationToken)) rows.Add(row);
        return (partition.Watermark, rows);
    }

    /// <summary>The rows as a list, with the rows of each parent in sequence.</summary>
    public static IEnumerable<(string Parent, CountRow Row)> Flat(IEnumerable<(string Parent, IReadOnlyList<CountRow> Rows)> parents) =>
        parents.SelectMany(p => p.Rows, (p, row) => (p.Parent, row));

    /// <summary>Undoes <see cref="Flat"/>.</summary>
    public static IReadOnlyList<(string Parent, IReadOnlyList<CountRow> Rows)> ByParent(IEnumerable<(string Parent, CountRow Row)> rows)
    {
        var parents = new List<(string Parent, IReadOnlyList<CountRow> Rows)>();
        var current = new List<CountRow>();
        foreach (var (parent, row) in rows)
        {
            if (parents.Count == 0 || parents[^1].Parent != parent) parents.Add((parent, current = []));
            current.Add(row);
        }

        return parents;
    }
}
