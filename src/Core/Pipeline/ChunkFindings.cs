using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Incidents;
using Changeling.Partitions;
using Changeling.Storing;

namespace Changeling.Pipeline;

/// <summary>The result for the rules that fired in a chunk: caps hold some back, the others are written as findings.</summary>
internal sealed class ChunkFindings
{
    private readonly List<StoredDetection> _stored = [];
    private readonly List<DecidedEvent> _decided = [];
    private readonly List<string> _suppressed = [];
    private readonly List<(Position Position, Signal Signal)> _signals = [];

    /// <summary>The findings, ready for the outbox.</summary>
    public IReadOnlyList<StoredDetection> Stored => _stored;

    /// <summary>The launches that may be steps of an attack, in order of position.</summary>
    public IReadOnlyList<(Position Position, Signal Signal)> Signals => _signals;

    /// <summary>The evidence and decision of each event.</summary>
    public IReadOnlyList<DecidedEvent> Decided => _decided;

    /// <summary>The caps after the chunk.</summary>
    public IReadOnlyDictionary<QuotaKey, Quota> Quotas { get; private init; } = new Dictionary<QuotaKey, Quota>();

    /// <summary>The counts after the chunk of the exceptions that were hit or nearly hit.</summary>
    public IReadOnlyList<ExceptionCount> Exceptions { get; private init; } = [];

    /// <summary>Ids of the rules that their caps held back, once for each launch.</summary>
    public IReadOnlyList<string> HeldBack { get; private init; } = [];

    /// <summary>Ids of the rules that exceptions suppressed, once for each launch, also where other rules are reported on it.</summary>
    public IReadOnlyList<string> Suppressed => _suppressed;

    /// <summary>Reads the quotas and counts of exceptions that the chunk's decisions need, applies them and writes the findings.</summary>
    /// <returns>
    /// <see langword="null"/> when a record became a dead letter: the chunk contains its launch, so it must be decided again.
    /// </returns>
    public static async Task<ChunkFindings?> OfAsync(
        Chunk chunk, FindingMaker maker, ExplanationBudget budget, PartitionBaseline baseline, PipelineSnapshot snapshot, bool keepsDecided,
        CancellationToken cancellationToken)
    {
        var rows = baseline.RuleRows;
        var decided = chunk.Entries.Where(e => e.Decision is { IsPlain: false }).Select(e => (e.Record, Decision: e.Decision!)).ToList();
        var caps = new Caps(
            await rows.QuotasAsync(decided.SelectMany(d => d.Decision.Fired).Where(f => f.IsCapped).Select(f => f.Key), cancellationToken));
        var reported = decided.ConvertAll(d => (d.Record, d.Decision, Rules: caps.Apply(d.Decision.Fired, d.Record.Place.Clock.Hour)));
        var findings = new ChunkFindings
        {
            Quotas = caps.Changed,
            HeldBack = caps.HeldBack,
            Exceptions = await CountAsync(decided, rows, cancellationToken),
        };
        var detections = new Dictionary<ArrivedRecord, Detection>();
        foreach (var (record, decision, rules) in reported)
        {
            Detection? detection = null;
            if (rules.Count > 0)
            {
                detection = maker.Make(record, decision, rules, snapshot, budget);
                if (detection is null || maker.Write(record, detection, snapshot) is not { } stored) return null;
                findings._stored.Add(stored);
                findings._suppressed.AddRange(detection.Rules.Where(r => r.SuppressedBy is not null).Select(r => r.Rule.Id));
            }

            if (record.Guard(() => SignalsOf(record, decision, detection, baseline.Signals, snapshot)) is not { } signals) return null;
            findings._signals.AddRange(signals);
            if (detection is not null && keepsDecided) detections[record] = detection;
        }

        if (keepsDecided) findings._decided.AddRange(Kept(chunk, detections));

        foreach (var (key, quota) in findings.Quotas) rows.Set(key, quota);
        foreach (var count in findings.Exceptions) rows.Set(count);
        return findings;
    }

    /// <summary>
    /// The signal of a launch, if it is one: reported, or disliked. Caps hold back launches of one lineage, whose commands can be others.
    /// So what they hold back is a signal without a rule.
    /// </summary>
    private static IReadOnlyList<(Position Position, Signal Signal)> SignalsOf(
        ArrivedRecord record, Decision decision, Detection? detection, RecentSignals recent, PipelineSnapshot snapshot)
    {
        if (!decision.MayBeSignal || (decision.Fired.Count > 0 && decision.Fired.All(f => f.IsSuppressed))) return [];

        // A repetition is recognised before it is explained, because explaining costs more than scoring.
        var (host, step) = (CountedNames.Host(decision.Evidence.Event), StepName.Of(decision.Evidence.Event));
        if (!recent.IsNew(host, step, record.Place.Clock.Hour) && detection is null) return [];
        var signal = detection is null ? SignalMaker.Of(record, decision, snapshot) : SignalMaker.Of(decision, detection);
        return signal is null ? [] : [(record.Place.Position, signal)];
    }

    private static IEnumerable<DecidedEvent> Kept(Chunk chunk, Dictionary<ArrivedRecord, Detection> detections) =>
        from entry in chunk.Entries
        let decision = entry.Decision
        where decision is not null
        select new DecidedEvent(
            decision.Evidence,
            entry.Record.Place.Clock.Now,
            decision.IsLearning,
            detections.GetValueOrDefault(entry.Record),
            [.. decision.Malicious?.Sums.Select(s => s.Key) ?? []]);

    /// <summary>The rows of the exceptions that are hit or nearly hit.</summary>
    private static async Task<IReadOnlyList<ExceptionCount>> CountAsync(
        IReadOnlyList<(ArrivedRecord Record, Decision Decision)> decided, RuleRows rows, CancellationToken cancellationToken)
    {
        var ids = decided.SelectMany(d => d.Decision.Ruling.Hits.Concat(d.Decision.Ruling.Near.Select(n => n.Item.Id)));
        var counts = await rows.ExceptionsAsync(ids, cancellationToken);
        foreach (var (record, decision) in decided)
        {
            var time = record.Message.EnqueuedTime;
            foreach (var id in decision.Ruling.Hits) counts[id] = counts[id].PlusHit(time);
            foreach (var near in decision.Ruling.Near) counts[near.Item.Id] = counts[near.Item.Id].PlusNearMiss(time);
        }

        return [.. counts.Values];
    }
}
