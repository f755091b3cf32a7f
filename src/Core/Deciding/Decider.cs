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
        record.Scored is { } scored
            ? record.Guard(
                static a => a.Self.Decide(a.Record, a.Scored, a.Before, a.Snapshot, a.Since),
                (Self: this, Record: record, Scored: scored, Before: before, Snapshot: snapshot, Since: learningSince))
            : null;

    private Decision Decide(
        ArrivedRecord record, Evidence scored, CountsBefore before, PipelineSnapshot snapshot, DateTimeOffset learningSince)
    {
        var clock = record.Place.Clock;
        var evidence = scored with { Rarity = Rate(record, scored, before, snapshot.Prior, learningSince) };
        if (before.Malicious is { } malicious) evidence = malicious.AddTo(evidence, before.Others);

        var rules = snapshot.Rules.Firing(evidence);
        var isDisliked = Dislike.Of(evidence, snapshot.Threshold);
        IReadOnlyList<string> names = isDisliked || rules.Count > 0 ? [.. rules.Select(r => r.Id), ExceptionItem.Incidents] : [];
        var ruling = snapshot.Exceptions.Consult(evidence.Event, clock.Now, names, isSummed: before.Malicious is not null);
        var learns = clock.Now - learningSince < emitAfter;
        return new Decision
        {
            Evidence = evidence,
            IsLearning = learns,
            IsDisliked = isDisliked,
            Fired = rules.Count == 0 ? [] : [.. rules.Select(r => Fired(r, record.Lineage, evidence.Event, snapshot.Exceptions, ruling))],
            Ruling = ruling,
            UsualChildren = rules.Count == 0 ? [] : UsualChildrenOf(before.History),
            History = before.History,
            Child = record.Lineage?.Child ?? "",
            Surprise = learns ? null : evidence.Rarity?.Surprise,
            Malicious = ruling.Unsummed is null ? before.Malicious : before.Malicious! with { Sums = [] },
        };
    }

    private RarityRating? Rate(ArrivedRecord record, Evidence scored, CountsBefore before, Prior prior, DateTimeOffset learningSince)
    {
        if (before.History is not { } history) return null;
        history.AdvanceTo(record.Place.Clock.Day);
        var calibration = new MeasuredCalibration(prior.Calibration, before.Surprises, before.Others.Surprises);
        var others = before.Others.Of(history.Parent);
        var confidence = HistoryConfidences.Of(
            RarityEstimator.InFleet(history, others), record.Place.Clock, learningSince, emitAfter);
        return RarityEstimator.Rate(
            history, others, scored.ParentClass!.Value, record.Lineage!.Value.Child, prior, calibration, confidence);
    }

    private static FiredRule Fired(
        RuleDefinition rule, Lineage? lineage, ProcessEvent e, ExceptionList exceptions, ExceptionRuling ruling) =>
        new(rule, QuotaKey.Of(rule.Id, lineage, e), exceptions.EvidenceFor(rule.Id, ruling));

    private static IReadOnlyList<CountRow> UsualChildrenOf(ParentHistory? history) => history is null
        ? []
        : [.. history.Children.OrderByDescending(c => c.Count.Units).ThenBy(c => c.Name, StringComparer.Ordinal).Take(MaxUsualChildren)];
}
