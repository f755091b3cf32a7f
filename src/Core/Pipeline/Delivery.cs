using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Storing;

namespace Changeling.Pipeline;

/// <summary>
/// One batch during its processing: its records, how far they are committed, the detections to send, and the tally. Messages are read as
/// they are needed and forgotten when they are committed, and each part of the batch is committed before the next is begun. So one message
/// cannot block the others, and memory is limited by the size of a part.
/// </summary>
internal sealed class Delivery(EventBatch batch, MessageReader reader)
{
    /// <summary>Decompressed bytes at which a part ends. One message can be larger: <see cref="MessageLimits.MaxInflatedBytes"/>.</summary>
    private const long MaxPartBytes = 4 * 1024 * 1024;

    private readonly SortedDictionary<(Position Position, string RuleId), ReadOnlyMemory<byte>> _detections = [];
    private readonly DeliveryTally _tally = new();
    private readonly List<ReadMessage> _part = [];
    private readonly List<ArrivedRecord> _fresh = [];
    private Placement _placement = new(null);
    private DateTimeOffset? _learningSince;
    private int _messagesRead;
    private int _recordsRead;
    private long _partBytes;
    private int _committedMessages;
    private int _recordLimit = int.MaxValue;

    /// <summary>Exact explanations that are left in this part.</summary>
    public ExplanationBudget Explanations { get; } = new();

    /// <summary>The sequence number that the batch begins with; <see langword="null"/> for an empty one.</summary>
    public long? FirstSequenceNumber => batch.Messages.Count == 0 ? null : batch.Messages[0].SequenceNumber;

    /// <summary>The first and last position of the part that are committed already, if any is.</summary>
    public (Position First, Position Last)? Replayed { get; private set; }

    /// <summary>The partition clock at the first event ever. Known when the first message is read.</summary>
    public DateTimeOffset LearningSince => _learningSince ?? _placement.Clock.Now;

    public int UnknownInARow { get; private set; }

    /// <summary>Begins the next part of the batch. It must be placed before it is read.</summary>
    /// <returns><see langword="false"/> after the last one.</returns>
    public bool TryBeginPart()
    {
        if (_messagesRead == batch.Messages.Count) return false;
        _part.Clear();
        _fresh.Clear();
        Explanations.Renew();
        (_partBytes, Replayed, UnknownInARow) = (0, null, 0);
        return true;
    }

    /// <summary>Places each record relative to the watermark, at first and whenever the watermark was read again.</summary>
    public void PlaceAbove(Watermark? watermark)
    {
        var missing = _fresh.Count;
        _fresh.Clear();
        (_placement, _learningSince, _committedMessages) = (new(watermark), watermark?.LearningSince, 0);
        foreach (var message in _part) Place(message);
        if (_fresh.Count < missing) UnknownInARow = 0;
    }

    /// <summary>
    /// A record that is not committed yet, in order of position. After a refused commit, there are half as many as it had.
    /// </summary>
    /// <param name="after">Number of records to skip, because they are in a chunk already.</param>
    /// <param name="cancellationToken">Stops before another message is read.</param>
    /// <returns><see langword="null"/> when the part has no further record.</returns>
    public ArrivedRecord? Next(int after, CancellationToken cancellationToken)
    {
        if (after >= _recordLimit) return null;
        while (after >= _fresh.Count)
        {
            if (_partBytes >= MaxPartBytes || _messagesRead == batch.Messages.Count) return null;
            cancellationToken.ThrowIfCancellationRequested();
            ReadOn();
        }

        return _fresh[after];
    }

    /// <summary>Adds committed detections to those to send; suppressed ones are never sent.</summary>
    public void Emit(IEnumerable<StoredDetection> detections)
    {
        foreach (var detection in detections.Where(d => !d.IsSuppressed))
            _detections[(detection.Position, detection.RuleId)] = detection.Body;
    }

    public void Committed(Chunk chunk, ChunkFindings findings)
    {
        _fresh.RemoveRange(0, chunk.Entries.Count);
        ForgetCommitted();
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
        var age = _recordsRead > 0 ? _placement.Clock.Now - LearningSince : TimeSpan.Zero;
        return _tally.ToOutcome([.. _detections.Values], _recordsRead, learning: _recordsRead > 0 && age < emitAfter) with
        {
            DetectionsByRule = _detections.Keys.CountBy(place => place.RuleId).ToDictionary(StringComparer.Ordinal),
            BaselineAge = age,
        };
    }

    private void ReadOn()
    {
        var message = new ReadMessage(batch, batch.Messages[_messagesRead++], reader, out var size);
        _partBytes += size;
        _recordsRead += message.Count;
        _part.Add(message);

        // Only the first placement of a message shows what an earlier delivery had committed.
        var gap = _placement.SequenceGap;
        var (replayed, implausible) = Place(message);
        _tally.Placed(replayed, implausible, _placement.SequenceGap - gap);
    }

    private (int Replayed, int Implausible) Place(ReadMessage message)
    {
        var placed = _placement.Next(message.Message, message.Count);
        _learningSince ??= placed.Clock.Now;
        var (replayed, implausible) = (0, 0);
        for (var i = 0; i < message.Count; i++)
        {
            var place = placed.Of(i);
            if (!place.IsReplay)
            {
                var record = message.Record(i);
                record.Place = place;
                _fresh.Add(record);
                continue;
            }

            replayed++;
            if (place.IsImplausibleReplay) implausible++;
            Replayed = Replayed is var (first, last)
                ? (place.Position < first ? place.Position : first, place.Position > last ? place.Position : last)
                : (place.Position, place.Position);
        }

        if (replayed == message.Count) message.Forget();
        return (replayed, implausible);
    }

    /// <summary>Forgets the records of the messages before the first one that is not committed, so that they can be collected.</summary>
    private void ForgetCommitted()
    {
        var next = _fresh.Count == 0 ? null : _fresh[0].Message;
        for (; _committedMessages < _part.Count && !ReferenceEquals(_part[_committedMessages].Message, next); _committedMessages++)
            _part[_committedMessages].Forget();
    }
}
