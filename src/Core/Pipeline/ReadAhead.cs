using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Partitions;
using Changeling.Rarity;

namespace Changeling.Pipeline;

/// <summary>
/// Scores the next records and reads the rows that their decisions need, before any of them is decided. These are the launches of their
/// parents, and for malicious events the hosts and users with the same child before. The decision itself then needs no read.
/// </summary>
internal static class ReadAhead
{
    /// <summary>Maximum number of records that are looked at in one call.</summary>
    private const int MaxRecords = 512;

    /// <summary>Maximum number of malicious children in one call: each may have 512 rows of hosts and users.</summary>
    private const int MaxMaliciousChildren = 16;

    /// <summary>
    /// Scores the next records while a commit is on its way, because that depends on no count and no outcome. <see cref="LoadAsync"/> then
    /// finds them scored.
    /// </summary>
    /// <param name="delivery">The batch.</param>
    /// <param name="after">Number of its next records that are in the commit.</param>
    /// <param name="snapshot">The model.</param>
    /// <param name="cancellationToken">Stops before another message is read.</param>
    public static void Score(Delivery delivery, int after, PipelineSnapshot snapshot, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MaxRecords && delivery.Next(after + i, cancellationToken) is { } record; i++) Scorer.Score(record, snapshot);
    }

    /// <summary>Scores and reads.</summary>
    /// <param name="delivery">The batch.</param>
    /// <param name="after">Number of its next records that are decided already.</param>
    /// <param name="baseline">The partition's rows.</param>
    /// <param name="snapshot">The model.</param>
    /// <param name="cancellationToken">Stops between requests.</param>
    /// <returns>The records that can be decided now: at least the first one.</returns>
    public static async Task<IReadOnlyList<ArrivedRecord>> LoadAsync(
        Delivery delivery, int after, PartitionBaseline baseline, PipelineSnapshot snapshot, CancellationToken cancellationToken)
    {
        var records = new List<ArrivedRecord>();
        var (parents, children) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        while (records.Count < MaxRecords && delivery.Next(after + records.Count, cancellationToken) is { } record)
        {
            Scorer.Score(record, snapshot);
            if (IsMalicious(record) && children.Add(record.Child!) && children.Count > MaxMaliciousChildren) break;
            if (record.Lineage is { } lineage && !baseline.Holds(lineage.Parent)) parents.Add(lineage.Parent);
            records.Add(record);
        }

        if (parents.Count > 0)
        {
            await baseline.LoadAsync([.. parents], cancellationToken);
            records = [.. records.TakeWhile(r => r.Lineage is not { } lineage || baseline.Holds(lineage.Parent))];
        }

        if (children.Count > 0)
        {
            var malicious = records.Where(IsMalicious).ToList();
            await baseline.RuleRows.LoadOccurrencesAsync(malicious.SelectMany(OccurrencesOf), cancellationToken);
            await baseline.RuleRows.LoadSumsAsync(malicious.Select(WindowOf), baseline.Committed, cancellationToken);
        }

        return records;
    }

    /// <summary>The counts before a record that <see cref="LoadAsync"/> returned, those of earlier records in the batch included.</summary>
    public static CountsBefore Before(ArrivedRecord record, PartitionBaseline baseline, OtherPartitions others) =>
        new(baseline.Surprises, others)
        {
            History = record.Lineage is { } lineage ? baseline.History(lineage.Parent) : null,
            Malicious = IsMalicious(record) ? MaliciousBefore(record, record.Child!, baseline.RuleRows) : null,
        };

    private static MaliciousBefore MaliciousBefore(ArrivedRecord record, string child, RuleRows rows)
    {
        var (host, user) = (CountedNames.Host(record.Scored!.Event), CountedNames.User(record.Scored.Event));
        var (day, probability) = (record.Place.Clock.Day, record.Scored.Prediction.Probability);
        rows.Enter(WindowOf(record));
        MaliciousSum?[] sums =
        [
            record.Lineage is { } lineage ? rows.SumOf(ClusterKind.Parent, lineage.Parent) : null,
            rows.SumOf(ClusterKind.Host, host),
            user is null ? null : rows.SumOf(ClusterKind.User, user),
        ];
        return new MaliciousBefore(
            rows.Occurrences(OccurrenceKind.Host, child, day),
            host,
            user is null ? null : rows.Occurrences(OccurrenceKind.User, child, day),
            user,
            [.. sums.OfType<MaliciousSum>().Select(s => s.Plus(probability, child))]);
    }

    private static bool IsMalicious(ArrivedRecord record) => record.Scored is { IsMalicious: true };

    private static IEnumerable<(OccurrenceKind Kind, string Child)> OccurrencesOf(ArrivedRecord record)
    {
        yield return (OccurrenceKind.Host, record.Child!);
        if (CountedNames.User(record.Scored!.Event) is not null) yield return (OccurrenceKind.User, record.Child!);
    }

    private static ClockWindow WindowOf(ArrivedRecord record) => ClockWindow.At(record.Place.Clock.Now);
}
