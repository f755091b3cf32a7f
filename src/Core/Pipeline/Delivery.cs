using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Storing;

namespace Changeling.Pipeline;

/// <summary>
/// One batch during its processing: its records, how far they are committed, the detections to send, and the tally. Messages are read part
/// by part, and each part is committed before the next is read. So one message cannot block the others, and memory is limited by the size
/// of a part.
/// </summary>
internal sealed class Delivery(EventBatch batch, MessageReader reader)
{
    /// <summary>Decompressed bytes at which a part ends. One message can be larger: <see cref="MessageLimits.MaxInflatedBytes"/>.</summary>
    private const long MaxPartBytes = 4 * 1024 * 1024;

    private readonly SortedDictionary<(Position Position, string RuleId), ReadOnlyMemory<byte>> _detections = [];
    private readonly DeliveryTally _tally = new();
    private readonly List<(TelemetryMessage Message, int Records)> _messages = [];
    private readonly List<ArrivedRecord> _records = [];
    private List<ArrivedRecord> _fresh = [];
    private int _messagesRead;
    private int _recordsRead;
    private bool _isPlaced;
    private int _next;
    private int _recordLimit = int.MaxValue;
    private DateTimeOffset _clock;

    /// <summary>Exact explanations that are left in this part.</summary>
    public ExplanationBudget Explanations { get; } = new();

    /// <summary>Reads the next part of the batch.</summary>
    /// <returns><see langword="false"/> after the last one.</returns>
    public bool TryReadOn(CancellationToken cancellationToken)
    {
        if (_messagesRead == batch.Messages.Count) return false;
        _messages.Clear();
        _records.Clear();
        Explanations.Renew();
        (_fresh, _next, _isPlaced, UnknownInARow) = ([], 0, false, 0);
        for (var bytes = 0L; bytes < MaxPartBytes && _messagesRead < batch.Messages.Count; _messagesRead++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var message = batch.Messages[_messagesRead];
            var outcomes = reader.Read(message.Body, out var size);
            bytes += size;
            _messages.Add((message, outcomes.Count));
            _records.AddRange(outcomes.Select(o => new ArrivedRecord(batch.Partition, message, o)));
        }

        _recordsRead += _records.Count;
        return true;
    }

    public bool IsDone => _next == _fresh.Count;

    /// <summary>The sequence number that the batch begins with; <see langword="null"/> for an empty one.</summary>
    public long? FirstSequenceNumber => batch.Messages.Count == 0 ? null : batch.Messages[0].SequenceNumber;

    /// <summary>The first and last position that are committed already, if any of the batch is.</summary>
    public (Position First, Position Last)? Replayed { get; private set; }

    /// <summary>The partition clock at the first event ever.</summary>
    public DateTimeOffset LearningSince { get; private set; }

    public int UnknownInARow { get; private set; }

    /// <summary>Places each record relative to the watermark, at first and whenever the watermark was read again.</summary>
    public void PlaceAbove(Watermark? watermark)
    {
        var (places, gap) = Placement.Of(_messages, watermark);
        for (var i = 0; i < _records.Count; i++) _records[i].Place = places[i];

        var missing = _fresh.Count - _next;
        _fresh = [.. _records.Where(r => !r.Place.IsReplay)];
        _next = 0;
        if (_fresh.Count < missing) UnknownInARow = 0;

        var replayed = places.Where(p => p.IsReplay).Select(p => p.Position).ToList();
        if (!_isPlaced) _tally.Placed(replayed.Count, places.Count(p => p.IsImplausibleReplay), gap);
        _isPlaced = true;
        Replayed = replayed.Count == 0 ? null : (replayed.Min(), replayed.Max());
        LearningSince = watermark?.LearningSince ?? places[0].Clock.Now;
        _clock = places[^1].Clock.Now;
    }

    /// <summary>The records that are not committed yet. After a refused commit, at most half as many as it had.</summary>
    /// <param name="after">Number of records to skip, because they are in a chunk already.</param>
    public IEnumerable<ArrivedRecord> Next(int after) => _fresh.Skip(_next + after).Take(_recordLimit - after);

    /// <summary>Adds committed detections to those to send; suppressed ones are never sent.</summary>
    public void Emit(IEnumerable<StoredDetection> detections)
    {
        foreach (var detection in detections.Where(d => !d.IsSuppressed))
            _detections[(detection.Position, detection.RuleId)] = detection.Body;
    }

    public void Committed(Chunk chunk, ChunkFindings findings)
    {
        _next += chunk.Entries.Count;
        _recordLimit = int.MaxValue;
        UnknownInARow = 0;
        _tally.Committed(chunk, findings);
        Emit(findings.Stored);
    }

    public void OutcomeUnknown()
    {
        UnknownInARow++;
        _tally.UnknownCommits++;
    }

    /// <summary>
    /// Called after a refused commit: the next chunk has half as many records. A single record that is refused alone becomes a dead letter.
    /// </summary>
    /// <returns>
    /// Whether a smaller chunk can be tried. If a commit with the watermark alone is refused, the store itself has a problem.
    /// </returns>
    public bool TryNarrow(Chunk chunk, string? detail)
    {
        if (chunk.Entries.Count > 1)
        {
            _recordLimit = chunk.Entries.Count / 2;
            return true;
        }

        var record = chunk.Entries[0].Record;
        if (record.Event is null) return false;
        record.GiveUp(DeadLetterReasons.Uncommittable, $"the store refused the record's commit: {detail}");
        return true;
    }

    public BatchOutcome Outcome(TimeSpan emitAfter)
    {
        var age = _recordsRead > 0 ? _clock - LearningSince : TimeSpan.Zero;
        return _tally.ToOutcome([.. _detections.Values], _recordsRead, learning: _recordsRead > 0 && age < emitAfter) with
        {
            DetectionsByRule = _detections.Keys.CountBy(place => place.RuleId).ToDictionary(StringComparer.Ordinal),
            BaselineAge = age,
        };
    }
}
