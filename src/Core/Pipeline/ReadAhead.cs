using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Partitions;

namespace Changeling.Pipeline;

/// <summary>
/// Scores the next records and reads in one go, before any of them is decided, the rows that their decisions need: launches of their
/// parents, and for malicious events where the child was classified so before. A decision itself waits for nothing.
/// </summary>
internal static class ReadAhead
{
    /// <summary>Records looked at in one go.</summary>
    private const int MaxRecords = 512;

    /// <summary>Malicious children looked at in one go: each may have 512 rows of hosts and users.</summary>
    private const int MaxMaliciousChildren = 16;

    /// <summary>Scores and reads.</summary>
    /// <param name="next">Records in order of position.</param>
    /// <param name="baseline">The partition's rows.</param>
    /// <param name="snapshot">The model.</param>
    /// <param name="cancellationToken">Stops between requests.</param>
    /// <returns>The records that can be decided now: at least the first one.</returns>
    public static async Task<IReadOnlyList<ArrivedRecord>> LoadAsync(
        IEnumerable<ArrivedRecord> next, PartitionBaseline baseline, PipelineSnapshot snapshot, CancellationToken cancellationToken)
    {
        var records = new List<ArrivedRecord>();
        var (parents, children) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var record in next.Take(MaxRecords))
        {
            Scorer.Score(record, snapshot);
            if (IsCountedAsMalicious(record) && children.Add(record.Lineage!.Value.Child) && children.Count > MaxMaliciousChildren) break;
            if (record.Lineage is { } lineage && !baseline.Holds(lineage.Parent)) parents.Add(lineage.Parent);
            records.Add(record);
        }

        await baseline.LoadAsync([.. parents], cancellationToken);
        records = [.. records.TakeWhile(r => r.Lineage is not { } lineage || baseline.Holds(lineage.Parent))];
        var malicious = records.Where(IsCountedAsMalicious).ToList();
        await baseline.RuleRows.LoadSightingsAsync(malicious.SelectMany(SightingsOf), cancellationToken);
        await baseline.RuleRows.LoadSumsAsync(malicious.Select(WindowOf), baseline.Committed, cancellationToken);
        return records;
    }

    /// <summary>What was counted before a record that <see cref="LoadAsync"/> returned, those before it included.</summary>
    public static CountsBefore Before(ArrivedRecord record, PartitionBaseline baseline) => new(baseline.Surprises)
    {
        History = record.Lineage is { } lineage ? baseline.History(lineage.Parent) : null,
        Malicious = IsCountedAsMalicious(record) ? MaliciousBefore(record, record.Lineage!.Value, baseline.RuleRows) : null,
    };

    private static MaliciousBefore MaliciousBefore(ArrivedRecord record, Lineage lineage, RuleRows rows)
    {
        var (host, user) = (CountedNames.Host(record.Scored!.Event), CountedNames.User(record.Scored.Event));
        var (day, probability) = (record.Place.Clock.Day, record.Scored.Prediction.Probability);
        rows.Enter(WindowOf(record));
        MaliciousSum?[] sums =
        [
            rows.SumOf(ClusterKind.Parent, lineage.Parent),
            rows.SumOf(ClusterKind.Host, host),
            user is null ? null : rows.SumOf(ClusterKind.User, user),
        ];
        return new MaliciousBefore(
            rows.Sightings(SightingKind.Host, lineage.Child, day),
            host,
            user is null ? null : rows.Sightings(SightingKind.User, lineage.Child, day),
            user,
            [.. sums.OfType<MaliciousSum>().Select(s => s.Plus(probability, lineage.Child))]);
    }

    private static bool IsCountedAsMalicious(ArrivedRecord record) => record is { Scored.IsMalicious: true, Lineage: not null };

    private static IEnumerable<(SightingKind Kind, string Child)> SightingsOf(ArrivedRecord record)
    {
        var child = record.Lineage!.Value.Child;
        yield return (SightingKind.Host, child);
        if (CountedNames.User(record.Scored!.Event) is not null) yield return (SightingKind.User, child);
    }

    private static ClockWindow WindowOf(ArrivedRecord record) => ClockWindow.At(record.Place.Clock.Now);
}
