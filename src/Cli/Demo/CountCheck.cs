using Changeling.Counts;
using Changeling.Events;
using Changeling.Storage;

namespace Changeling.Cli.Demo;

/// <summary>Compares the table's counts with a simple count of the same telemetry. Works only without decay.</summary>
/// <param name="Launches">Launches in the table.</param>
/// <param name="Lineages">Lineages in the table.</param>
/// <param name="Differences">Lineages whose counts differ.</param>
internal sealed record CountCheck(double Launches, int Lineages, int Differences)
{
    /// <summary>Reads the table.</summary>
    /// <param name="telemetry">The telemetry that was sent; its counts must not decay.</param>
    /// <param name="connectionString">Connection string of the emulator.</param>
    /// <param name="baseline">The set of counts.</param>
    /// <param name="cancellationToken">Stops between requests.</param>
    public static async Task<CountCheck> OfAsync(
        IReadOnlyDictionary<EventPartition, IReadOnlyList<TelemetryMessage>> telemetry, string connectionString, string baseline,
        CancellationToken cancellationToken)
    {
        var table = LineageTable.Open(new StorageClients(new StorageOptions { ConnectionString = connectionString }));
        var (launches, lineages, differences) = (0.0, 0, 0);
        foreach (var (partition, messages) in telemetry)
        {
            foreach (var parent in Plain(messages).GroupBy(l => l.Parent, StringComparer.Ordinal))
            {
                var expected = parent.CountBy(l => l.Child).ToDictionary(c => c.Key, c => (double)c.Value, StringComparer.Ordinal);
                var rows = await table.ReadLaunchesAsync(new BaselinePartition(baseline, partition), parent.Key, cancellationToken);
                var stored = rows.ToDictionary(r => r.Name ?? "", r => r.Count.Launches, StringComparer.Ordinal);
                differences += expected.Keys.Union(stored.Keys).Count(c => expected.GetValueOrDefault(c) != stored.GetValueOrDefault(c));
                launches += stored.Values.Sum();
                lineages += stored.Count;
            }
        }

        return new CountCheck(launches, lineages, differences);
    }

    /// <summary>All launches of a partition, one after the other.</summary>
    public static IEnumerable<Lineage> Plain(IReadOnlyList<TelemetryMessage> messages)
    {
        var reader = new MessageReader(new MessageLimits());
        return messages.SelectMany(m => reader.Read(m.Body)).OfType<RecordOutcome.Read>()
            .Where(r => r.Event.Parent is not null)
            .Select(r => Lineage.Of(r.Event.Parent!.Name, r.Event.Child.Name));
    }
}
