using Changeling.Baseline;
using Changeling.Clusters;
using Changeling.Fleet;
using Changeling.Rules;

namespace Changeling;

/// <summary>
/// The rows that an event taken for malicious reads and changes besides its launch: where its child was seen so, and what its
/// parent, host and user add up to. An event without a believable parent has none: it is never counted.
/// </summary>
/// <param name="Hosts">The child's hosts.</param>
/// <param name="Host">This host.</param>
/// <param name="Users">The child's users.</param>
/// <param name="User">This user; <see langword="null"/> for an account of Windows itself.</param>
/// <param name="Sums">The sums with this event; those without room are left out.</param>
internal sealed record Seen(Sightings Hosts, string Host, Sightings? Users, string? User, IReadOnlyList<MaliciousSum> Sums)
{
    /// <summary>Reads the rows.</summary>
    public static async ValueTask<Seen> ReadAsync(Evidence evidence, Lineage lineage, PartitionClock clock, PartitionBaseline baseline, CancellationToken cancellationToken)
    {
        var rows = baseline.RuleRows;
        var (host, user) = (CountedNames.Host(evidence.Event), CountedNames.User(evidence.Event));
        var hosts = await rows.SightingsAsync(SightingKind.Host, lineage.Child, clock.Day, cancellationToken);
        var users = user is null ? null : await rows.SightingsAsync(SightingKind.User, lineage.Child, clock.Day, cancellationToken);
        await rows.EnterAsync(ClockWindow.At(clock.Now), baseline.Committed, cancellationToken);
        MaliciousSum?[] sums = [rows.SumOf(ClusterKind.Parent, lineage.Parent), rows.SumOf(ClusterKind.Host, host), user is null ? null : rows.SumOf(ClusterKind.User, user)];
        return new Seen(hosts, host, users, user, [.. sums.OfType<MaliciousSum>().Select(s => s.Plus(evidence.Prediction.Probability, lineage.Child))]);
    }

    /// <summary>Puts what was seen before the event into its evidence, with what the other partitions say.</summary>
    public Evidence AddTo(Evidence evidence, OtherPartitions others) => evidence with
    {
        Hosts = SpreadOf(Hosts, Host, others),
        Users = Users is null ? null : SpreadOf(Users, User!, others),
    };

    private static Spread SpreadOf(Sightings own, string name, OtherPartitions others)
    {
        var elsewhere = others.Sightings(own.Kind, own.Child);
        var digest = SightingSnapshot.DigestOf(name);
        var all = own.Names.Take(Spread.MostCounted + 1).Select(SightingSnapshot.DigestOf).Concat(elsewhere).Distinct();
        return new Spread(name, Math.Min(all.Count(d => d != digest), Spread.MostCounted), !own.Knows(name) && !elsewhere.Contains(digest));
    }
}
