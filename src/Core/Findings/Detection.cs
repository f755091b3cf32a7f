using Changeling.Catalogues;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Features;
using Changeling.Rules;

namespace Changeling.Findings;

/// <summary>A rule that fired on an event, with all content of its finding.</summary>
public sealed record Detection
{
    /// <summary>The rule.</summary>
    public required RuleDefinition Rule { get; init; }

    /// <summary>What it fired on.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>The model that predicted.</summary>
    public required ModelIdentity Model { get; init; }

    /// <summary>The features with the largest effect on the score, strongest first.</summary>
    public required IReadOnlyList<PredictionReason> Reasons { get; init; }

    /// <summary>The parent's most frequent children before the event.</summary>
    public required IReadOnlyList<CountRow> UsualChildren { get; init; }

    /// <summary>The event partition.</summary>
    public required EventPartition Partition { get; init; }

    /// <summary>The event's position in the partition.</summary>
    public required Position Position { get; init; }

    /// <summary>The message's enqueued time, UTC: the finding's time.</summary>
    public required DateTimeOffset EnqueuedTime { get; init; }

    /// <summary>An alert, or only a note because the deployment is still learning or an exception suppresses it.</summary>
    public required bool IsAlert { get; init; }

    /// <summary>Days in which counts halve.</summary>
    public required int HalfLifeDays { get; init; }

    /// <summary>What the rule's cap let through and held back before; <see langword="null"/> for a rule without one.</summary>
    public Quota? Quota { get; init; }

    /// <summary>The result of the exceptions for it; <see langword="null"/> where there are none.</summary>
    public ExceptionEvidence? Exceptions { get; init; }

    /// <summary>The exception that suppresses it: it is stored and never emitted.</summary>
    public ExceptionItem? SuppressedBy => Exceptions?.Matched;

    /// <summary>The rule's ATT&amp;CK ids, with those of the known binary and of the blocklist's pattern, if they apply.</summary>
    public IEnumerable<AttackReference> Attacks
    {
        get
        {
            var attacks = Rule.Attack.AsEnumerable();
            if (Rule.AttackOfBinary && Evidence.LolBin is { } technique) attacks = attacks.Append(technique);
            if (Rule.Condition?.NamesBlocklist == true && Evidence.Blocklist is { } pattern) attacks = attacks.Append(pattern.Technique);
            return attacks.Distinct();
        }
    }

    /// <summary>
    /// The same launch and rule give the same id after a redelivery, for a duplicate from the producer, and after a new deployment.
    /// </summary>
    public Guid Id => DetectionId.Of(Rule.Id, EventIdentity);

    /// <summary>The source's own identity of the event, or its position if the source gives none.</summary>
    public string EventIdentity => Evidence.Event.SourceIdentity ?? DetectionId.Fallback(Partition, Position);
}
