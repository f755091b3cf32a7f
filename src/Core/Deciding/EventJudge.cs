using System.Reflection;
using Changeling.Catalogues;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Findings;
using Changeling.Rarity;
using Changeling.Rules;
using Changeling.Storing;

namespace Changeling.Deciding;

/// <summary>Predict, look up, decide: what one record means, given what its parent did before. Changes nothing.</summary>
internal sealed class EventJudge(DecisionSettings settings)
{
    private const int MaxReasons = 10;
    private const int MaxUsualChildren = 10;

    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MostBehind = TimeSpan.FromDays(30);
    /// <summary>The program's version, as findings name it.</summary>
    internal static readonly string ProductVersion =
        typeof(EventJudge).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>Predicts and looks up: what is known of a record by the counts before it.</summary>
    /// <returns><see langword="null"/> for a record that is no process event, or that was given up.</returns>
    public Evidence? Gather(
        ArrivedRecord record, ParentHistory? history, SurpriseHistogram surprises, PipelineSnapshot snapshot, DateTimeOffset learningSince)
    {
        if (record.Event is not { } read) return null;
        return Guarded(record, () =>
        {
            var e = InsideWindow(read, record.Message.EnqueuedTime);
            return Evidence.Of(e, Predict(record, e, snapshot), LookUp(record, e, history, surprises, snapshot, learningSince));
        });
    }

    /// <summary>The enabled rules that fire.</summary>
    /// <returns><see langword="null"/> when the record was given up.</returns>
    public static IReadOnlyList<RuleDefinition>? Firing(ArrivedRecord record, Evidence evidence, RuleSet rules) =>
        Guarded(record, () => rules.Firing(evidence).ToList());

    /// <summary>What the exceptions say of the rules that fired and of the sums that the event would add to.</summary>
    /// <returns><see langword="null"/> when the record was given up.</returns>
    public static ExceptionRuling? Consult(ArrivedRecord record, Evidence evidence, IReadOnlyList<RuleDefinition> firing, bool isSummed, ExceptionList exceptions) =>
        Guarded(record, () => exceptions.Consult(evidence.Event, record.Place.Clock.Now, [.. firing.Select(r => r.Id)], isSummed));

    /// <summary>Decides what becomes of the rules that fired, and writes the findings.</summary>
    /// <param name="record">The record.</param>
    /// <param name="history">The history of its parent, if that is known.</param>
    /// <param name="evidence">What was gathered.</param>
    /// <param name="firing">The rules that fired, each with its cap's state if it has a cap and no exception suppresses it.</param>
    /// <param name="ruling">What the exceptions say.</param>
    /// <param name="snapshot">Model, prior and rules.</param>
    /// <param name="learningSince">When the partition began.</param>
    public Judgement Decide(
        ArrivedRecord record, ParentHistory? history, Evidence evidence, IReadOnlyList<(RuleDefinition Rule, QuotaKey Key, Quota? Quota)> firing, ExceptionRuling ruling, PipelineSnapshot snapshot, DateTimeOffset learningSince) =>
        Guarded(record, () =>
        {
            var clock = record.Place.Clock;
            var learns = clock.Now - learningSince < settings.EmitAfter;
            var capped = firing.Select(f => (f.Rule, f.Key, Before: f.Quota?.At(clock.Hour), Taken: f.Quota?.Take(clock.Hour, f.Rule.MostPerHour!.Value))).ToList();
            var detections = capped.Where(f => f.Taken?.Goes != false)
                .Select(f => Detect(f.Rule, evidence, record, history, snapshot, learns, ruling) with { Quota = f.Before })
                .ToList();
            var stored = detections.Select(d => Store(d, snapshot.Rules)).ToList();
            return new JudgedRecord(new Judgement(history, record.Lineage?.Child ?? "", evidence.Event.Time, learns ? null : evidence.Rarity?.Surprise, stored)
            {
                Judged = settings.KeepsJudged ? Judged(evidence, clock, learns, detections) : null,
                Quotas = [.. capped.Where(f => f.Taken is not null).Select(f => (f.Key, f.Taken!.Value.After))],
                HeldBack = [.. capped.Where(f => f.Taken?.Goes == false).Select(f => f.Rule.Id)],
            });
        })?.Judgement ?? Judgement.Nothing;

    /// <summary>A fault of ours is settled at once: the record becomes a dead letter and its neighbours go on.</summary>
    private static T? Guarded<T>(ArrivedRecord record, Func<T> judge)
        where T : class
    {
        try
        {
            return judge();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            record.GiveUp(DeadLetterReasons.InternalError, $"record {record.Place.Position.RecordIndex}: {exception.GetType().Name} while judging the event");
            return null;
        }
    }

    private static Features.Prediction Predict(ArrivedRecord record, ProcessEvent e, PipelineSnapshot snapshot) =>
        record.Prediction ??= snapshot.Model.Predict(e);

    private RarityRating? LookUp(
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

    private static JudgedEvent Judged(Evidence evidence, PartitionClock clock, bool learns, List<Detection> detections) =>
        new(evidence, clock.Now, learns) { Detections = detections };

    private Detection Detect(
        RuleDefinition rule,
        Evidence evidence,
        ArrivedRecord record,
        ParentHistory? history,
        PipelineSnapshot snapshot,
        bool learns,
        ExceptionRuling ruling) => new()
        {
            Exceptions = snapshot.Exceptions.EvidenceFor(rule.Id, ruling),
            Rule = rule,
            Evidence = evidence,
            Model = snapshot.Model.Identity,
            Reasons = snapshot.Model.Explain(evidence.Event, MaxReasons),
            UsualChildren = history is null ? [] : [.. history.Children.OrderByDescending(c => c.Count.Units).ThenBy(c => c.Child, StringComparer.Ordinal).Take(MaxUsualChildren)],
            Partition = record.Partition,
            Position = record.Place.Position,
            EnqueuedTime = record.Message.EnqueuedTime,
            IsAlert = !learns && !ruling.Suppressed.ContainsKey(rule.Id),
            HalfLifeDays = settings.HalfLifeDays,
        };

    private StoredDetection Store(Detection detection, RuleSet rules) =>
        new(detection.Position, detection.Rule.Id, Write(detection, rules.Attack)) { EnqueuedTime = detection.EnqueuedTime, IsSuppressed = detection.SuppressedBy is not null };

    private byte[] Write(Detection detection, AttackNames attack) => settings.Format == DetectionFormat.Ecs
        ? new EcsWriter(attack, ProductVersion).Write(detection)
        : new FindingWriter(attack, ProductVersion).Write(detection);

    /// <summary>An endpoint's time that cannot be (telemetry-formats.md 4.2) gives way to the broker's.</summary>
    private static ProcessEvent InsideWindow(ProcessEvent e, DateTimeOffset enqueued) =>
        e.Time > enqueued + MostAhead || e.Time < enqueued - MostBehind
            ? e with { Time = enqueued, Notes = e.Notes | EventNotes.TimeSuspect }
            : e;

    private sealed record JudgedRecord(Judgement Judgement);
}
