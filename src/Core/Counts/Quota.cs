using Changeling.Events;

namespace Changeling.Counts;

/// <summary>
/// Detections that a rule's cap let through and held back for one lineage on one host: the row <c>quota|{rule}|{parent}|{child}|{host}</c>.
/// Hours are those of the partition clock, so that a replay counts the same.
/// </summary>
/// <param name="Hour">The clock hour that the numbers belong to, hours since 1970-01-01 UTC.</param>
/// <param name="LetThrough">Detections let through in that hour.</param>
/// <param name="HeldBack">Detections held back since the last one that was let through.</param>
public sealed record Quota(int Hour, int LetThrough, int HeldBack)
{
    /// <summary>After this many hours a row has no effect any more, so that deleting it changes no result.</summary>
    public const int KeptHours = 7 * 24;

    /// <summary>Nothing was detected yet.</summary>
    public static Quota None { get; } = new(int.MinValue, 0, 0);

    /// <summary>Whether the row still has an effect.</summary>
    /// <param name="hour">The clock hour.</param>
    public bool IsPresent(int hour) => Hour != int.MinValue && hour - Hour <= KeptHours;

    /// <summary>The quota as it applies in the hour of an event.</summary>
    public Quota At(int hour) => hour <= Hour ? this : IsPresent(hour) ? new(hour, 0, HeldBack) : None with { Hour = hour };

    /// <summary>Whether a detection may be sent, and the row after it.</summary>
    /// <param name="hour">The clock hour of the event.</param>
    /// <param name="most">The rule's cap.</param>
    public (bool Passes, Quota After) Take(int hour, int most)
    {
        var now = At(hour);
        return now.LetThrough < most
            ? (true, now with { LetThrough = now.LetThrough + 1, HeldBack = 0 })
            : (false, now with { HeldBack = now.HeldBack + 1 });
    }
}

/// <summary>Identifies a quota: rule, lineage and host.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Parent">Folded name of the parent; empty when it is unknown.</param>
/// <param name="Child">Folded name of the child.</param>
/// <param name="Host">The endpoint's name.</param>
public readonly record struct QuotaKey(string Rule, string Parent, string Child, string Host)
{
    /// <summary>The key for a rule and an event.</summary>
    internal static QuotaKey Of(string rule, Lineage? lineage, ProcessEvent e) =>
        new(rule, lineage?.Parent ?? "", lineage?.Child ?? LineageName.Fold(e.Child.Name), CountedNames.Host(e));
}
