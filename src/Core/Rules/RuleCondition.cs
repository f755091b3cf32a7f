using System.Text.Json.Serialization;
using Changeling.Counts;
using Changeling.Rarity;

namespace Changeling.Rules;

/// <summary>
/// When a rule fires on an event: all parts that are given must hold, and one of <see cref="AnyOf"/>. A closed vocabulary over
/// <see cref="Evidence"/>; a condition on an unknown value never holds (docs/decisions/0013).
/// </summary>
public sealed record RuleCondition
{
    /// <summary>The event must be malicious (or must not): by the model at its threshold, or by the blocklist.</summary>
    public bool? Malicious { get; init; }

    /// <summary>The model's probability must reach this value, 0–1.</summary>
    public double? ProbabilityAtLeast { get; init; }

    /// <summary>The model's probability must be above this value, 0–1.</summary>
    public double? ProbabilityAbove { get; init; }

    /// <summary>The model's probability must not be above this value, 0–1.</summary>
    public double? ProbabilityAtMost { get; init; }

    /// <summary>Rarity threshold, 0–100: the child's rarity for its parent must reach it.</summary>
    public double? RarityAtLeast { get; init; }

    /// <summary>
    /// The child's rarity for its parent must be below this value, 0–100. Higher rarities are decided by another part of the rule
    /// (docs/decisions/0017).
    /// </summary>
    public double? RarityBelow { get; init; }

    /// <summary>
    /// Prevalence threshold: before this launch, the parent had started the child at most this often in the fleet, in decayed launches
    /// (docs/decisions/0016).
    /// </summary>
    public int? PrevalenceAtMost { get; init; }

    /// <summary>The launch must match the blocklist (or must not).</summary>
    public bool? Blocklisted { get; init; }

    /// <summary>The child must be a catalogued LOLBin (or must not).</summary>
    public bool? Lolbin { get; init; }

    /// <summary>
    /// The parent must be of a class that never needs a LOLBin (or must not): Office, mail and PDF programs, browsers, database and web
    /// servers' workers.
    /// </summary>
    public bool? ParentNeverNeedsIt { get; init; }

    /// <summary>The parent must be known (or must not): without one there is neither rarity nor prevalence.</summary>
    public bool? ParentKnown { get; init; }

    /// <summary>The child must be a known tool under another name (or must not).</summary>
    public bool? Renamed { get; init; }

    /// <summary>The child must have the name of a Windows program outside the folders of Windows (or must not).</summary>
    public bool? Misplaced { get; init; }

    /// <summary>The child was classified as malicious on at most this number of hosts of the fleet before, and never on this one.</summary>
    public int? NewOnHostOfAtMost { get; init; }

    /// <summary>
    /// The child was classified as malicious for at most this number of users of the fleet before, and never for this one.
    /// </summary>
    public int? NewForUserOfAtMost { get; init; }

    /// <summary>The launch must match this pattern.</summary>
    public LaunchPattern? Launch { get; init; }

    /// <summary>At least one of these must hold as well.</summary>
    public IReadOnlyList<RuleCondition>? AnyOf { get; init; }

    /// <summary>
    /// Whether people choose the thresholds of this part. A backtest shows the alerts that other values would give, of the model threshold
    /// and of <see cref="RarityAtLeast"/>. At most one part of a rule's <see cref="AnyOf"/>; it does not change when the rule fires.
    /// </summary>
    public bool? Tunable { get; init; }

    /// <summary>The lowest rarity threshold in the condition, if any, which a finding shows beside the rarity.</summary>
    [JsonIgnore]
    public double? LowestRarity => RarityAtLeast ?? AnyOf?.Min(c => c.LowestRarity);

    /// <summary>Whether it uses the blocklist.</summary>
    [JsonIgnore]
    public bool NamesBlocklist => Blocklisted == true || AnyOf?.Any(c => c.NamesBlocklist) == true;

    /// <summary>Whether it uses the hosts on which the child was classified as malicious before.</summary>
    [JsonIgnore]
    public bool AsksForHosts => NewOnHostOfAtMost is not null || AnyOf?.Any(c => c.AsksForHosts) == true;

    /// <summary>Whether it uses the users for whom the child was classified as malicious before.</summary>
    [JsonIgnore]
    public bool AsksForUsers => NewForUserOfAtMost is not null || AnyOf?.Any(c => c.AsksForUsers) == true;

    /// <summary>Whether the condition holds.</summary>
    public bool Holds(Evidence evidence) =>
        Agrees(Malicious, evidence.IsMalicious)
        && (ProbabilityAtLeast is not { } reached || evidence.Prediction.Probability >= reached)
        && (ProbabilityAbove is not { } above || evidence.Prediction.Probability > above)
        && (ProbabilityAtMost is not { } most || evidence.Prediction.Probability <= most)
        && (RarityAtLeast is not { } least || evidence.Rarity?.Score >= least)
        && (RarityBelow is not { } below || evidence.Rarity?.Score < below)
        && (PrevalenceAtMost is not { } often || evidence.Rarity?.ChildCount <= often)
        && Agrees(Blocklisted, evidence.Blocklist is not null)
        && Agrees(Lolbin, evidence.LolBin is not null)
        && Agrees(ParentNeverNeedsIt, NeverNeedsIt(evidence.ParentClass))
        && Agrees(ParentKnown, evidence.Rarity is not null)
        && Agrees(Renamed, evidence.Masquerade.IsRenamed)
        && Agrees(Misplaced, evidence.Masquerade.IsMisplaced)
        && IsNew(NewOnHostOfAtMost, evidence.Hosts)
        && IsNew(NewForUserOfAtMost, evidence.Users)
        && (Launch is not { } launch || launch.Fits(evidence.Event))
        && (AnyOf is not { } any || AnyHolds(any, evidence));

    /// <summary>The error in the condition; <see langword="null"/> if it is valid.</summary>
    /// <param name="field">The condition's path in the file.</param>
    public string? Problem(string field)
    {
        if (this == new RuleCondition()) return $"{field} is empty: it would fire on every event";
        if (AnyOf is { Count: 0 }) return $"{field}.anyOf is empty: it would never fire";
        if (ProbabilityAtLeast is < 0 or > 1) return $"{field}.probabilityAtLeast is {ProbabilityAtLeast}, must be from 0 to 1";
        if (ProbabilityAbove is < 0 or >= 1) return $"{field}.probabilityAbove is {ProbabilityAbove}, must be at least 0 and below 1";
        if (ProbabilityAtMost is < 0 or > 1) return $"{field}.probabilityAtMost is {ProbabilityAtMost}, must be from 0 to 1";
        if (RarityAtLeast is < 0 or > 100) return $"{field}.rarityAtLeast is {RarityAtLeast}, must be from 0 to 100";
        if (RarityBelow is <= 0 or > 100) return $"{field}.rarityBelow is {RarityBelow}, must be above 0 and at most 100";
        if (PrevalenceAtMost is < 0) return $"{field}.prevalenceAtMost is {PrevalenceAtMost}, must be 0 or more launches";
        if (NewOnHostOfAtMost is < 0 or >= FleetOccurrence.MaxCounted)
            return $"{field}.newOnHostOfAtMost is {NewOnHostOfAtMost}, must be from 0 to {FleetOccurrence.MaxCounted - 1}";
        if (NewForUserOfAtMost is < 0 or >= FleetOccurrence.MaxCounted)
            return $"{field}.newForUserOfAtMost is {NewForUserOfAtMost}, must be from 0 to {FleetOccurrence.MaxCounted - 1}";
        if (Launch?.Problem() is { } launch) return $"{field}.launch {launch}";
        if (AnyOf?.Count(c => c.Tunable == true) > 1)
            return $"{field}.anyOf has several parts that are tunable, of which a rule has one at most";
        if (Tunable == true && RarityAtLeast is null) return $"{field}.tunable needs rarityAtLeast beside it: the threshold that is chosen";
        return AnyOf?.Select((c, i) => c.Problem($"{field}.anyOf[{i}]")).FirstOrDefault(p => p is not null);
    }

    private static bool AnyHolds(IReadOnlyList<RuleCondition> conditions, Evidence evidence)
    {
        for (var i = 0; i < conditions.Count; i++) if (conditions[i].Holds(evidence)) return true;
        return false;
    }

    private static bool Agrees(bool? wanted, bool value) => wanted is null || wanted == value;

    private static bool IsNew(int? atMost, FleetOccurrence? occurrence) =>
        atMost is null || (occurrence is { IsNew: true } && occurrence.Count <= atMost);

    private static bool NeverNeedsIt(ParentClass? parent) => parent is ParentClass.Office or ParentClass.Browser or ParentClass.Server;
}
