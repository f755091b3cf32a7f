using System.CommandLine;
using System.Globalization;
using Changeling.Cli.Baseline;
using Changeling.Cli.Models;
using Changeling.Counts;
using Changeling.Operations;
using Changeling.Storage;
using Spectre.Console;

namespace Changeling.Cli.Exceptions;

/// <summary>
/// <c>changeling exceptions stats</c>: hits and near misses over all event partitions and clusters, and which exceptions have expired or
/// were never hit.
/// </summary>
internal static class StatsCommand
{
    private const string Removed = "removed";

    public static Command Create(CliConsole console, StorageAccount account) =>
        new Command(
            "stats",
            "Show what each exception did in all event partitions and clusters: hits, near misses, expired, never hit.")
            .With(account, async (_, open, cancellation) =>
        {
            var stored = await StoredExceptions.ReadAsync(new JsonBlobs(open.Clients.Blobs(), JsonBlobs.Exceptions), cancellation);
            var counts = await SumAsync(open, cancellation);
            var now = TimeProvider.System.GetUtcNow();
            var states = stored.Items.ToDictionary(i => i.Id, i => StoredExceptions.StateOf(i, now), StringComparer.Ordinal);
            var table = new Table()
                .Border(TableBorder.Rounded)
                .AddColumns("id", "state", "hits", "last hit (UTC)", "near misses", "last near miss (UTC)");
            foreach (var id in states.Keys.Union(counts.Keys).Order(StringComparer.Ordinal))
                Row(table, counts.GetValueOrDefault(id) ?? ExceptionCount.None(id), states.GetValueOrDefault(id, Removed));

            if (table.Rows.Count == 0) console.Out.WriteLine("there are no exceptions, and no counts of removed ones");
            else console.Out.Write(table);
            Say(console, "expired, to be renewed or removed", states.Where(s => s.Value == "expired").Select(s => s.Key));
            Say(console, "never hit", states.Keys.Where(id => counts.GetValueOrDefault(id) is not { Hits: > 0 }));
            return Verb.Success;
        });

    private static async Task<Dictionary<string, ExceptionCount>> SumAsync(OpenBaseline open, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<string, ExceptionCount>(StringComparer.Ordinal);
        foreach (var partition in await open.PartitionsAsync(cancellationToken))
        {
            await foreach (var count in open.Rows.ExceptionsAsync(partition, cancellationToken)) Add(count);
        }

        foreach (var count in await ClusterRows.Open(open.Clients).ExceptionsAsync(open.Name, cancellationToken)) Add(count);
        return sums;

        void Add(ExceptionCount count) => sums[count.Id] = sums.TryGetValue(count.Id, out var sum) ? sum.Plus(count) : count;
    }

    private static void Row(Table table, ExceptionCount count, string state) => table.AddRow(
        count.Id, state, count.Hits.ToString("N0", CultureInfo.InvariantCulture), Time(count.LastHit),
        count.NearMisses.ToString("N0", CultureInfo.InvariantCulture), Time(count.LastNearMiss));

    private static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "–";

    private static void Say(CliConsole console, string what, IEnumerable<string> ids)
    {
        var all = ids.Order(StringComparer.Ordinal).ToList();
        if (all.Count > 0) console.Out.WriteLine($"{what}: {string.Join(", ", all)}");
    }
}
