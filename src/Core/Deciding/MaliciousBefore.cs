using Changeling.Counts;
using Changeling.Rarity;
using Changeling.Rules;

namespace Changeling.Deciding;

/// <summary>
/// The rows that a malicious event reads and changes besides its launch: where its child was classified as malicious, and the sums of its
/// parent, host and user. An event without a valid parent has no sum of the parent.
/// </summary>
/// <param name="Hosts">The child's hosts.</param>
/// <param name="Host">This host.</param>
/// <param name="Users">The child's users.</param>
/// <param name="User">This user; <see langword="null"/> for an account of Windows itself.</param>
/// <param name="Sums">The sums including this event. Entities beyond the maximum number of sums are left out.</param>
internal sealed record MaliciousBefore(Occurrences Hosts, string Host, Occurrences? Users, string? User, IReadOnlyList<MaliciousSum> Sums)
{
    /// <summary>Adds the counts before the event, those of the other partitions included, to its evidence.</summary>
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
