using Changeling.Deciding;
using Changeling.Storing;

namespace Changeling.Findings;

/// <summary>Makes and writes the finding of one event, with the rules that fired and that no cap held back.</summary>
internal sealed class FindingMaker(FindingSettings settings)
{
    /// <summary>Maximum number of reasons of a finding.</summary>
    internal const int MaxReasons = 10;

    /// <summary>The detection of one event.</summary>
    /// <param name="record">The record.</param>
    /// <param name="decision">What was decided on it.</param>
    /// <param name="rules">The rules to report, at least one.</param>
    /// <param name="snapshot">Model, prior, rules and exceptions that the record was decided with.</param>
    /// <param name="budget">Exact explanations that are left.</param>
    /// <returns><see langword="null"/> when the record became a dead letter.</returns>
    public Detection? Make(
        ArrivedRecord record, Decision decision, IReadOnlyList<ReportedRule> rules, PipelineSnapshot snapshot,
        ExplanationBudget budget) =>
        record.Guard(() =>
        {
            var e = decision.Evidence.Event;

            // This is by far the most expensive step: it is done once for each event, and only if people will read the result.
            var reasons = rules.All(r => r.Fired.IsSuppressed)
                ? []
                : ScoredLaunches.With(snapshot.Model).Explain(e, MaxReasons, isExact: budget.TryTake());
            return new Detection
            {
                Rules = DetectedRule.Ordered(rules.Select(r => new DetectedRule(r.Fired.Rule, r.Before, r.Fired.Exceptions))),
                Evidence = decision.Evidence,
                Acts = ScoredLaunches.With(snapshot.Model).Acts(e, snapshot.Rules.Attack),
                Model = snapshot.Identity,
                Reasons = reasons,
                UsualChildren = decision.UsualChildren,
                Ancestors = decision.Ancestors,
                Partition = record.Partition,
                Position = record.Place.Position,
                EnqueuedTime = record.Message.EnqueuedTime,
                IsLearning = decision.IsLearning,
                Alerts = settings.Alerts,
                HalfLifeDays = settings.HalfLifeDays,
            };
        });

    /// <summary>A detection as the outbox holds it.</summary>
    /// <returns><see langword="null"/> when the record was given up.</returns>
    public StoredDetection? Write(ArrivedRecord record, Detection detection, PipelineSnapshot snapshot) =>
        record.Guard(() => Store(detection, snapshot));

    private StoredDetection Store(Detection detection, PipelineSnapshot snapshot) =>
        new(detection.Position, detection.Rule.Id, settings.Format.Write(detection, snapshot.Rules.Attack))
        {
            EnqueuedTime = detection.EnqueuedTime,
            IsSuppressed = detection.IsSuppressed,
        };
}
