using Changeling.Ancestry;
using Changeling.Catalogues;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Features;
using Changeling.Rules;

namespace Changeling.Findings;

/// <summary>A launch on which rules fired, with all content of its finding: one finding, however many rules there are.</summary>
public sealed record Detection
{
    /// <summary>The rules that fired, the leading one first (<see cref="DetectedRule.Ordered"/>); at least one.</summary>
    public required IReadOnlyList<DetectedRule> Rules { get; init; }

    /// <summary>What they fired on.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>What the launch does, as far as it was recognised.</summary>
    public required IReadOnlyList<AttackReference> Acts { get; init; }

    /// <summary>The model that predicted.</summary>
    public required ModelIdentity Model { get; init; }

    /// <summary>The features with the largest effect on the score, strongest first.</summary>
    public required IReadOnlyList<PredictionReason> Reasons { get; init; }

    /// <summary>The parent's most frequent children before the event.</summary>
    public required IReadOnlyList<CountRow> UsualChildren { get; init; }

    /// <summary>The processes above the launch, its parent first.</summary>
    public IReadOnlyList<Ancestor> Ancestors { get; init; } = [];

    /// <summary>The event partition.</summary>
    public required EventPartition Partition { get; init; }

    /// <summary>The event's position in the partition.</summary>
    public required Position Position { get; init; }

    /// <summary>The message's enqueued time, UTC: the finding's time.</summary>
    public required DateTimeOffset EnqueuedTime { get; init; }

    /// <summary>Whether the deployment is still learning, so that the finding is a note and no alert.</summary>
    public required bool IsLearning { get; init; }

    /// <summary>What is marked as an alert.</summary>
    public required AlertKind Alerts { get; init; }

    /// <summary>Days in which counts halve.</summary>
    public required int HalfLifeDays { get; init; }

    /// <summary>The rule that leads: the finding's title and analytic.</summary>
    public RuleDefinition Rule => Rules[0].Rule;

    /// <summary>Whether exceptions suppress all rules: then the finding is stored and never emitted.</summary>
    public bool IsSuppressed => Rules.All(r => r.SuppressedBy is not null);

    /// <summary>
    /// An alert. Otherwise evidence of incidents, a note because the deployment is still learning, or suppressed by exceptions.
    /// </summary>
    public bool IsAlert => Alerts.MarkFindings() && !IsLearning && !IsSuppressed;

    /// <summary>How bad it is. Suppressed rules count only where no other is left.</summary>
    public Risk Risk => Risk.Of(Evidence, Acts, [.. Rules.Where(r => IsSuppressed || r.SuppressedBy is null).Select(r => r.Rule)]);

    /// <summary>
    /// ATT&amp;CK ids: what was found in the launch and the blocklist's pattern, or else what its program is known for; and a false name.
    /// Where there is nothing of these, those of the leading rule.
    /// </summary>
    public IReadOnlyList<AttackReference> Attacks
    {
        get
        {
            List<AttackReference> found = [.. Acts];
            if (Evidence.Blocklist is { } pattern) found.Add(pattern.Technique);
            if (found.Count == 0 && KnownFor is { } technique) found.Add(technique);
            if (Evidence.Masquerade.IsRenamed) found.Add(Renamed);
            if (Evidence.Masquerade.IsMisplaced) found.Add(Misplaced);
            return found.Count > 0 ? [.. found.Distinct()] : Rule.Attack;
        }
    }

    /// <summary>
    /// The same launch gives the same id after a redelivery, for a duplicate from the producer, and after a new deployment.
    /// </summary>
    public Guid Id => DetectionId.Of(EventIdentity);

    /// <summary>The source's own identity of the event, or its position if the source gives none.</summary>
    public string EventIdentity => Evidence.Event.SourceIdentity ?? DetectionId.Fallback(Partition, Position);

    /// <summary>What the child is known for, by its own name or by the original one of its version resource.</summary>
    private AttackReference? KnownFor => Evidence.LolBin ?? (Evidence.Masquerade.OriginalFileName is { } original
        ? LolBinCatalogue.Shipped.TechniqueOf(Path.ChangeExtension(original.Trim().ToLowerInvariant(), ".exe"))
        : null);

    private static AttackReference Renamed { get; } = new("TA0005", "T1036.003");

    private static AttackReference Misplaced { get; } = new("TA0005", "T1036.005");
}
