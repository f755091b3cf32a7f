using System.Globalization;
using Azure.Data.Tables;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Storage;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>
/// A plain recount of messages that were all enqueued within days: launches as integers by lineage, host and day, weighed and decayed
/// in doubles. Of the pipeline's own code it uses the readers and the folding of names, nothing of counting or committing.
/// </summary>
internal static class PlainRows
{
    private const int MaxPerHost = 3;

    /// <summary>What the table should hold: watermark and counts, rounded to a thousandth of a launch.</summary>
    public static SortedDictionary<string, string> Of(IReadOnlyDictionary<EventPartition, IReadOnlyList<TelemetryMessage>> partitions)
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (partition, messages) in partitions)
        {
            var counts = new Dictionary<Lineage, (double Count, int Day, Dictionary<string, int> Hosts)>();
            var reader = new MessageReader(new MessageLimits());
            var (day, records) = (0, 0);
            foreach (var message in messages)
            {
                day = Math.Max(day, (int)(message.EnqueuedTime - DateTimeOffset.UnixEpoch).TotalDays);
                var outcomes = reader.Read(message.Body);
                records = outcomes.Count;
                foreach (var e in outcomes.OfType<RecordOutcome.Read>().Select(r => r.Event).Where(e => e.Parent is not null))
                    Count(counts, e, day);
            }

            rows[$"{partition.Id} watermark"] = $"{messages[^1].SequenceNumber}/{records - 1}";
            foreach (var (lineage, (count, _, _)) in counts)
                rows[$"{partition.Id} {TableKeys.Launch(lineage.Parent, lineage.Child)}"] = Text(count);
        }

        return rows;
    }

    /// <summary>What it does hold.</summary>
    public static async Task<SortedDictionary<string, string>> ReadAsync(string connectionString, string baseline)
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var table = new TableClient(connectionString, LineageTable.TableName);
        var range = TableKeys.PartitionRange(baseline);
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                e => e.PartitionKey.CompareTo(range.First) > 0 && e.PartitionKey.CompareTo(range.End) < 0))
        {
            var id = row.PartitionKey[(row.PartitionKey.LastIndexOf(':') + 1)..];
            if (row.RowKey == TableKeys.Watermark)
                rows[$"{id} watermark"] = $"{row.GetInt64("SequenceNumber")}/{row.GetInt32("RecordIndex")}";
            if (TableKeys.IsLaunch(row.RowKey)) rows[$"{id} {row.RowKey}"] = Text(row.GetInt64("Count")!.Value / 1048576.0);
        }

        return rows;
    }

    private static void Count(Dictionary<Lineage, (double Count, int Day, Dictionary<string, int> Hosts)> counts, ProcessEvent e, int day)
    {
        var lineage = Lineage.Of(e.Parent!.Name, e.Child.Name);
        var (count, last, hosts) = counts.TryGetValue(lineage, out var row) ? row : (0, day, []);
        if (day > last) hosts = [];
        var isOnManyHosts = hosts.Count >= 4;
        hosts[e.Host.Name] = hosts.GetValueOrDefault(e.Host.Name) + 1;
        var sum = counts.Where(c => c.Key.Parent == lineage.Parent).Sum(c => Faded(c.Value.Count, day - c.Value.Day));
        count = Faded(count, day - last);
        if (count * 100 >= sum)
        {
            // No more rare for its parent: counts in full, and its host is not noted.
            if (--hosts[e.Host.Name] == 0) hosts.Remove(e.Host.Name);
            counts[lineage] = (count + 1, day, hosts);
            return;
        }

        counts[lineage] = (count + (isOnManyHosts || hosts[e.Host.Name] <= MaxPerHost ? 1 : 0), day, hosts);
    }

    private static double Faded(double count, int days) => count * Math.Pow(2, -days / 30.0);

    private static string Text(double count) => count.ToString("0.000", CultureInfo.InvariantCulture);
}
