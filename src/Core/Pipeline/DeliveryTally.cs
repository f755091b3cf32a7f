using Changeling.Events;
using Changeling.Sources;

namespace Changeling.Pipeline;

/// <summary>Counts what happened to a batch, for the log line and the metrics; only committed records count.</summary>
internal sealed class DeliveryTally
{
    private readonly Dictionary<(string Format, string Kind), int> _skipped = [];
    private readonly Dictionary<(string Format, string Reason), int> _deadLetters = [];
    private readonly Dictionary<string, int> _heldBack = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _suppressed = new(StringComparer.Ordinal);
    private readonly List<DecidedEvent> _decided = [];
    private readonly SourceHealth _sources = new();
    private int _replayed;
    private int _implausible;
    private long _gap;
    private int _scored;
    private int _malicious;
    private int _commits;

    public int UnknownCommits { get; set; }

    /// <summary>
    /// Counts the first placement of each part of the batch. Only the first one shows what an earlier delivery had committed.
    /// </summary>
    public void Placed(int replayed, int implausible, long gap)
    {
        _replayed += replayed;
        _implausible += implausible;
        _gap += gap;
        _sources.AddGap(gap);
    }

    public void Committed(Chunk chunk, ChunkFindings findings)
    {
        _commits++;
        _decided.AddRange(findings.Decided);
        foreach (var rule in findings.HeldBack) _heldBack[rule] = _heldBack.GetValueOrDefault(rule) + 1;
        foreach (var rule in findings.Suppressed) _suppressed[rule] = _suppressed.GetValueOrDefault(rule) + 1;
        foreach (var (record, _) in chunk.Entries)
        {
            _sources.Add(record.Outcome, record.Message.EnqueuedTime);
            switch (record.Outcome)
            {
                case RecordOutcome.Read:
                    _scored++;
                    if (record.Scored is { Prediction.IsMalicious: true }) _malicious++;
                    break;
                case RecordOutcome.Skipped s:
                    _skipped[(s.Format, s.Kind)] = _skipped.GetValueOrDefault((s.Format, s.Kind)) + 1;
                    break;
                case RecordOutcome.Unreadable u:
                    _deadLetters[(u.Format, u.Reason)] = _deadLetters.GetValueOrDefault((u.Format, u.Reason)) + 1;
                    break;
            }
        }
    }

    public BatchOutcome ToOutcome(IReadOnlyList<ReadOnlyMemory<byte>> detections, int records, bool learning) => new()
    {
        Detections = detections,
        Records = records,
        Scored = _scored,
        Malicious = _malicious,
        Replayed = _replayed,
        ImplausibleReplays = _implausible,
        Skipped = _skipped,
        DeadLetters = _deadLetters,
        HeldBack = _heldBack,
        Suppressed = _suppressed,
        Decided = _decided,
        Sources = _sources.ToReport(),
        Commits = _commits,
        UnknownCommits = UnknownCommits,
        SequenceGap = _gap,
        Learning = learning,
    };
}
