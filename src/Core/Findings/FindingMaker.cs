using Changeling.Deciding;
using Changeling.Features;
using Changeling.Storing;

namespace Changeling.Findings;

/// <summary>Writes the findings of one event, for the rules that fired and that no cap held back.</summary>
internal sealed class FindingMaker(FindingSettings settings)
{
    private const int MaxReasons = 10;

    /// <summary>The detections of one event, one for each rule.</summary>
    /// <param name="record">The record.</param>
    /// <param name="decision">What was decided on it.</param>
    /// <param name="rules">The rules to report.</param>
    /// <param name="snapshot">Model, prior, rules and exceptions that the record was decided with.</param>
    /// <param name="budget">Exact explanations that are left.</param>
    /// <returns><see langword="null"/> when the record became a dead letter.</returns>
    public IReadOnlyList<Detection>? Make(
        ArrivedRecord record, Decision decision, IReadOnlyList<ReportedRule> rules, PipelineSnapshot snapshot,
        ExplanationBudget budget) =>
        record.Guard(() =>
        {
            // This is by far the most expensive step: it is done once for each event, and only if people will read the result.
            var reasons = rules.All(r => r.Fired.IsSuppressed)
                ? []
                : ScoredLaunches.With(snapshot.Model).Explain(decision.Evidence.Event, MaxReasons, isExact: budget.TryTake());
            return rules.Select(rule => DetectionOf(rule, record, decision, snapshot, reasons)).ToList();
        });

    /// <summary>A detection as the outbox holds it.</summary>
    /// <returns><see langword="null"/> when the record was given up.</returns>
    public IReadOnlyList<StoredDetection>? Write(ArrivedRecord record, IReadOnlyList<Detection> detections, PipelineSnapshot snapshot) =>
        record.Guard(() => detections.Select(d => Store(d, snapshot)).ToList());

    private Detection DetectionOf(
        ReportedRule reported, ArrivedRecord record, Decision decision, PipelineSnapshot snapshot,
        IReadOnlyList<PredictionReason> reasons) => new()
        {
            Exceptions = reported.Fired.Exceptions,
            Rule = reported.Fired.Rule,
            Quota = reported.Before,
            Evidence = decision.Evidence,
            Model = snapshot.Model.Identity,
            Reasons = reported.Fired.IsSuppressed ? [] : reasons,
            UsualChildren = decision.UsualChildren,
            Partition = record.Partition,
            Position = record.Place.Position,
            EnqueuedTime = record.Message.EnqueuedTime,
            IsAlert = !decision.IsLearning && !reported.Fired.IsSuppressed,
            HalfLifeDays = settings.HalfLifeDays,
        };

    private StoredDetection Store(Detection detection, PipelineSnapshot snapshot) =>
        new(detection.Position, detection.Rule.Id, settings.Format.Write(detection, snapshot.Rules.Attack))
        {
            EnqueuedTime = detection.EnqueuedTime,
            IsSuppressed = detection.SuppressedBy is not null,
        };
}
