using System.Reflection;
using Changeling.Baseline;
using Changeling.Events;
using Changeling.Rules;

namespace Changeling;

/// <summary>Predict, look up, decide: what one record means, given what its parent did before. Changes nothing.</summary>
internal sealed class EventJudge(PipelineSettings settings)
{
    private const int MaxReasons = 10;
    private const int MaxUsualChildren = 10;

    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MostBehind = TimeSpan.FromDays(30);
    private static readonly string ProductVersion =
        typeof(EventJudge).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>
    /// Judges a record by the counts before it. A fault of ours while doing so is settled at once: the record becomes a dead
    /// letter and its neighbours go on.
    /// </summary>
    public Judgement Judge(
        ArrivedRecord record, ParentHistory? history, SurpriseHistogram surprises, PipelineSnapshot snapshot, DateTimeOffset learningSince)
    {
        if (record.Event is not { } read) return Judgement.Nothing;
        try
        {
            var e = InsideWindow(read, record.Message.EnqueuedTime);
            var learns = record.Place.Clock.Now - learningSince < settings.EmitAfter;
            var evidence = new Evidence(e, Predict(record, e, snapshot), LookUp(record, e, history, surprises, snapshot, learningSince));
            var detections = snapshot.Rules.Firing(evidence)
                .Select(rule => Store(Detect(rule, evidence, record, history, snapshot, learns), snapshot.Rules))
                .ToList();
            return new Judgement(history, record.Lineage?.Child ?? "", e.Time, learns ? null : evidence.Rarity?.Surprise, detections)
            {
                Judged = settings.KeepsJudged ? new JudgedEvent(evidence, record.Place.Clock.Now, learns) : null,
            };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            record.GiveUp(DeadLetterReasons.InternalError, $"record {record.Place.Position.RecordIndex}: {exception.GetType().Name} while judging the event");
            return Judgement.Nothing;
        }
    }

    private static Features.Prediction Predict(ArrivedRecord record, ProcessEvent e, PipelineSnapshot snapshot) =>
        record.Prediction ??= snapshot.Model.Predict(e);

    private Rarity? LookUp(
        ArrivedRecord record, ProcessEvent e, ParentHistory? history, SurpriseHistogram surprises, PipelineSnapshot snapshot, DateTimeOffset learningSince)
    {
        if (history is null) return null;
        history.AdvanceTo(record.Place.Clock.Day);
        var parentClass = ParentClassifier.Classify(history.Parent, e.Parent?.Path);
        var others = snapshot.Fleet.Without(record.Partition);
        var calibration = new MeasuredCalibration(snapshot.Prior.Calibration, surprises, others.Surprises);
        var rarity = RarityEstimator.Rate(history, others.Of(history.Parent), parentClass, record.Lineage!.Value.Child, snapshot.Prior, calibration);
        return rarity with { Confidence = HistoryConfidences.Of(rarity, record.Place.Clock, learningSince, settings.EmitAfter) };
    }

    private Detection Detect(
        RuleDefinition rule,
        Evidence evidence,
        ArrivedRecord record,
        ParentHistory? history,
        PipelineSnapshot snapshot,
        bool learns) => new()
        {
            Rule = rule,
            Evidence = evidence,
            Model = snapshot.Model.Identity,
            Reasons = snapshot.Model.Explain(evidence.Event, MaxReasons),
            UsualChildren = history is null ? [] : [.. history.Children.OrderByDescending(c => c.Count.Units).ThenBy(c => c.Child, StringComparer.Ordinal).Take(MaxUsualChildren)],
            Partition = record.Partition,
            Position = record.Place.Position,
            EnqueuedTime = record.Message.EnqueuedTime,
            IsAlert = !learns,
            HalfLifeDays = settings.HalfLifeDays,
        };

    private StoredDetection Store(Detection detection, RuleSet rules) =>
        new(detection.Position, detection.Rule.Id, Write(detection, rules.Attack)) { EnqueuedTime = detection.EnqueuedTime };

    private byte[] Write(Detection detection, AttackNames attack) => settings.DetectionFormat == DetectionFormat.Ecs
        ? new EcsWriter(attack, ProductVersion).Write(detection)
        : new FindingWriter(attack, ProductVersion).Write(detection);

    /// <summary>An endpoint's time that cannot be (telemetry-formats.md 4.2) gives way to the broker's.</summary>
    private static ProcessEvent InsideWindow(ProcessEvent e, DateTimeOffset enqueued) =>
        e.Time > enqueued + MostAhead || e.Time < enqueued - MostBehind
            ? e with { Time = enqueued, Notes = e.Notes | EventNotes.TimeSuspect }
            : e;
}
