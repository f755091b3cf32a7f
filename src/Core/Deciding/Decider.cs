using Changeling.Counts;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Rarity;
using Changeling.Rules;

namespace Changeling.Deciding;

/// <summary>
/// Decides on one event by the counts before it: rates its rarity, then evaluates rules and exceptions. Changes no count.
/// </summary>
/// <param name="emitAfter">How long, in partition clock, a fresh partition learns.</param>
internal sealed class Decider(TimeSpan emitAfter)
{
    private const int MaxUsualChildren = 10;

    /// <summary>Decides on a record that was scored.</summary>
    /// <param name="record">The record.</param>
    /// <param name="before">The counts before it.</param>
    /// <param name="snapshot">Model, prior, rules and exceptions.</param>
    /// <param name="learningSince">When the partition began.</param>
    /// <returns><see langword="null"/> for a record that is not a process event, or that was given up.</returns>
    public Decision? Decide(ArrivedRecord record, CountsBefore before, PipelineSnapshot snapshot, DateTimeOffset learningSince) =>
        record.Scored is { } scored ? record.Guard(() => Decide(record, scored, before, snapshot, learningSince)) : null;

    private Decision Decide(
        ArrivedRecord record, Evidence scored, CountsBefore before, PipelineSnapshot snapshot, DateTimeOffset learningSince)
    {
        var clock = record.Place.Clock;
        var others = snapshot.Fleet.Without(record.Partition);
        var evidence = scored with { Rarity = Rate(record, scored.Event, before, others, snapshot.Prior, learningSince) };
        if (before.Malicious is { } malicious) evidence = malicious.AddTo(evidence, others);

        var rules = snapshot.Rules.Firing(evidence).ToList();
        var isDisliked = Dislike.Of(evidence, snapshot.Threshold);
        IReadOnlyList<string> names = isDisliked || rules.Count > 0 ? [.. rules.Select(r => r.Id), ExceptionItem.Incidents] : [];
        var ruling = snapshot.Exceptions.Consult(evidence.Event, clock.Now, names, isSummed: before.Malicious is not null);
        var learns = clock.Now - learningSince < emitAfter;
        return new Decision
        {
            Evidence = evidence,
            IsLearning = learns,
            IsDisliked = isDisliked,
            Fired = [.. rules.Select(r => Fired(r, record.Lineage, evidence.Event, snapshot.Exceptions, ruling))],
            Ruling = ruling,
            UsualChildren = rules.Count == 0 ? [] : UsualChildrenOf(before.History),
            History = before.History,
            Child = record.Lineage?.Child ?? "",
            Surprise = learns ? null : evidence.Rarity?.Surprise,
            Malicious = ruling.Unsummed is null ? before.Malicious : before.Malicious! with { Sums = [] },
        };
    }

    private RarityRating? Rate(
        ArrivedRecord record, ProcessEvent e, CountsBefore before, OtherPartitions others, Prior prior, DateTimeOffset learningSince)
    {
        if (before.History is not { } history) return null;
        history.AdvanceTo(record.Place.Clock.Day);
        var parentClass = ParentClassifier.Classify(history.Parent, e.Parent?.Path);
        var calibration = new MeasuredCalibration(prior.Calibration, before.Surprises, others.Surprises);
        var rarity = RarityEstimator.Rate(history, others.Of(history.Parent), parentClass, record.Lineage!.Value.Child, prior, calibration);
        return rarity with { Confidence = HistoryConfidences.Of(rarity, record.Place.Clock, learningSince, emitAfter) };
    }

    private static FiredRule Fired(
        RuleDefinition rule, Lineage? lineage, ProcessEvent e, ExceptionList exceptions, ExceptionRuling ruling) =>
        new(rule, QuotaKey.Of(rule.Id, lineage, e), exceptions.EvidenceFor(rule.Id, ruling));

    private static IReadOnlyList<CountRow> UsualChildrenOf(ParentHistory? history) => history is null
        ? []
        : [.. history.Children.OrderByDescending(c => c.Count.Units).ThenBy(c => c.Name, StringComparer.Ordinal).Take(MaxUsualChildren)];
}
