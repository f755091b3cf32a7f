using Changeling.Counts;

namespace Changeling.Rarity;

/// <summary>Launches of one lineage over several partitions.</summary>
/// <param name="Launches">Decayed launches.</param>
/// <param name="FirstSeen">The earliest first launch, event time.</param>
public readonly record struct FleetCount(LaunchCount Launches, DateTimeOffset FirstSeen)
{
    internal FleetCount Plus(LaunchCount launches, DateTimeOffset firstSeen) =>
        new(new LaunchCount(Launches.Units + launches.Units), firstSeen < FirstSeen ? firstSeen : FirstSeen);
}
