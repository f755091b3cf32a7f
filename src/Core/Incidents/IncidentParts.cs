using Changeling.Catalogues;

namespace Changeling.Incidents;

/// <summary>What messages and stories read of an incident.</summary>
internal static class IncidentParts
{
    /// <summary>The members in order of start; those that started together have an order too, so that messages do not change.</summary>
    public static IReadOnlyList<IncidentMember> InOrder(this Incident incident) => incident.Members.InOrder();

    /// <summary>Members in order of start.</summary>
    public static IReadOnlyList<IncidentMember> InOrder(this IEnumerable<IncidentMember> members) =>
        [.. members.OrderBy(m => m.Signal.Started).ThenBy(m => m.Signal.Time).ThenBy(m => m.Signal.Uid)];

    /// <summary>The accounts in order of their first step: those of Windows itself, or all others.</summary>
    public static IReadOnlyList<string> Accounts(this Incident incident, bool system) =>
    [
        .. incident.InOrder().Where(m => m.Signal.IsSystem == system).Select(m => m.Signal.User).OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Names of the tactics in order of the first step with each.</summary>
    public static IReadOnlyList<string> Tactics(this Incident incident, AttackNames names) =>
        [.. incident.Attacks.Select(a => names.Tactics.GetValueOrDefault(a.Tactic, a.Tactic)).Distinct(StringComparer.Ordinal)];
}
