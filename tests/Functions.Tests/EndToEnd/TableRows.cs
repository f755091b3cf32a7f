using System.Globalization;
using Azure.Data.Tables;
using Changeling.Storage;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>
/// What stands in table <c>lineage</c> for one baseline: our own properties only, never ETag or Timestamp, and findings without what a
/// process had in memory (<see cref="StoredTree"/>, <see cref="SignalRows"/>).
/// </summary>
internal static class TableRows
{
    /// <summary>Rows as text, by partition and row key.</summary>
    public static async Task<SortedDictionary<string, string>> ReadAsync(string connectionString, string baseline, string kind = "")
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var table = new TableClient(connectionString, LineageTable.TableName);
        var range = TableKeys.PartitionRange(baseline);
        var query = table.QueryAsync<TableEntity>(
            e => e.PartitionKey.CompareTo(range.First) > 0 && e.PartitionKey.CompareTo(range.End) < 0,
            cancellationToken: TestContext.Current.CancellationToken);
        var signals = new SortedDictionary<string, SignalRows>(StringComparer.Ordinal);
        await foreach (var entity in query.Where(e => e.RowKey.StartsWith(kind, StringComparison.Ordinal)))
        {
            if (TableKeys.IsSignals(entity.RowKey))
            {
                if (!signals.TryGetValue(entity.PartitionKey, out var of)) signals[entity.PartitionKey] = of = new SignalRows();
                of.Add(entity.GetBinary("Body"));
                continue;
            }

            var own = entity.Where(p => p.Key is not ("odata.etag" or "PartitionKey" or "RowKey" or "Timestamp"))
                .OrderBy(p => p.Key, StringComparer.Ordinal);
            rows[entity.PartitionKey[baseline.Length..] + " " + entity.RowKey] =
                string.Join(' ', own.Select(p => $"{p.Key}={Text(p.Key == "Body" ? StoredTree.Without((byte[])p.Value) : p.Value)}"));
        }

        foreach (var (partition, of) in signals)
        {
            foreach (var (name, text) in of.Rows) rows[partition[baseline.Length..] + " " + name] = text;
        }

        return rows;
    }

    /// <summary>Launches of one lineage over all partitions.</summary>
    public static async Task<double> LaunchesAsync(string connectionString, string baseline, string parent, string child)
    {
        var rows = await ReadAsync(connectionString, baseline, TableKeys.Launch(parent, child));
        return rows.Values.Sum(row => long.Parse(row.Split(' ')[0]["Count=".Length..], CultureInfo.InvariantCulture)) / 1048576.0;
    }

    /// <summary>The processes above the launches of all findings, by partition and row key.</summary>
    public static async Task<SortedDictionary<string, IReadOnlyList<string>>> TreesAsync(string connectionString, string baseline)
    {
        var trees = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var table = new TableClient(connectionString, LineageTable.TableName);
        var range = TableKeys.PartitionRange(baseline);
        var query = table.QueryAsync<TableEntity>(
            e => e.PartitionKey.CompareTo(range.First) > 0 && e.PartitionKey.CompareTo(range.End) < 0,
            cancellationToken: TestContext.Current.CancellationToken);
        await foreach (var entity in query.Where(e => TableKeys.IsDetection(e.RowKey)))
            trees[entity.PartitionKey[baseline.Length..] + " " + entity.RowKey] = StoredTree.Of(entity.GetBinary("Body"));
        return trees;
    }

    private static string Text(object value) => value switch
    {
        BinaryData bytes => bytes.ToString(),
        byte[] bytes => Convert.ToHexString(bytes),
        IFormattable formattable => formattable.ToString(value is DateTimeOffset ? "O" : null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
