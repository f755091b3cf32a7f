namespace Changeling.Counts;

/// <summary>Where in the fleet a child was classified as malicious before this event: on hosts, or for users.</summary>
/// <param name="Name">This host, or this user.</param>
/// <param name="Count">How many of them in the fleet, this one not counted; beyond <see cref="MaxCounted"/> not exact.</param>
/// <param name="IsNew">Whether it was never classified as malicious on this host, or for this user, before.</param>
public sealed record FleetOccurrence(string Name, int Count, bool IsNew)
{
    /// <summary>Maximum number of hosts (users) of one child that are distinguished; a rule's limit must stay below.</summary>
    public const int MaxCounted = 32;
}
