using Changeling.Counts;
using Changeling.Rarity;
using Changeling.Rules;

namespace Changeling.Deciding;

/// <summary>
/// The rows that a malicious event reads and changes besides its launch: where its child was classified as malicious, and what its
/// parent, host and user add up to. An event without a believable parent has all but the parent's sum.
/// </summary>
/// <param name="Hosts">The child's hosts.</param>
/// <param name="Host">This host.</param>
/// <param name="Users">The child's users.</param>
/// <param name="User">This user; <see langword="null"/> for an account of Windows itself.</param>
/// <param name="Sums">The sums with this event; those without room are left out.</param>
internal sealed record MaliciousBefore(Occurrences Hosts, string Host, Occurrences? Users, string? User, IReadOnlyList<MaliciousSum> Sums)
{
    /// <summary>Puts what was counted before the event into its evidence, with what the other partitions say.</summary>
    public Evidence AddTo(Evidence evidence, OtherPartitions others) => evidence with
    {
        Hosts = InFleet(Hosts, Host, others),
        Users = Users is null ? null : InFleet(Users, User!, others),
    };

    private static FleetOccurrence InFleet(Occurrences own, string name, OtherPartitions others)
    {
        var elsewhere = others.Occurrences(own.Kind, own.Child);
        var digest = OccurrenceSnapshot.DigestOf(name);
        var all = own.Names.Take(FleetOccurrence.MaxCounted + 1).Select(OccurrenceSnapshot.DigestOf).Concat(elsewhere).Distinct();
        return new FleetOccurrence(
            name, Math.Min(all.Count(d => d != digest), FleetOccurrence.MaxCounted), !own.Knows(name) && !elsewhere.Contains(digest));
    }
}
