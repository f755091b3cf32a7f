using Changeling.Events;
using Changeling.RecordedFiles;
using Changeling.RecordedFiles.Ordering;
using Changeling.Sources;

namespace Changeling.Backtest.Recordings;

/// <summary>
/// The messages of files in order of time. A message with several events has its place at the latest one, because a collector sends it
/// then. Times from wrong clocks become the beginning or the end of the history.
/// </summary>
internal sealed class OrderedHistory : IDisposable
{
    /// <summary>The tag of a message is its partition, and this if its events are more than a day apart.</summary>
    private const byte IsWide = 0x80;

    private readonly MessageReader _reader = new(new MessageLimits());
    private readonly EventTimes _times = new();
    private readonly SourceHealth _health = new();
    private readonly int _partitions;
    private readonly MessageOrder _order;
    private readonly (long First, long Last) _span;
    private readonly long _since;
    private (long Messages, long Bytes, long Records) _others;
    private long _outside;

    /// <summary>Reads the files to find the order.</summary>
    /// <param name="files">The files.</param>
    /// <param name="partitions">Number of event partitions.</param>
    /// <param name="days">Number of days that are used, at the end; <see langword="null"/> for all.</param>
    /// <param name="progress">Receives the share of the bytes that were read, 0–1, if given.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public OrderedHistory(
        IReadOnlyList<RecordedFile> files, int partitions, int? days, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        _partitions = partitions;
        _order = MessageOrder.Of(files, message => _reader.Read(message.Body), PlaceOf, new OrderLimits(), progress, cancellationToken);
        _span = _times.Span();
        _since = days is { } last ? _span.Last - (last * TimeSpan.TicksPerDay) : long.MinValue;
    }

    /// <summary>The messages without a process start.</summary>
    public OtherMessages Others => new(_others.Messages, _others.Bytes, _others.Records, _health.ToReport());

    /// <summary>How the messages stood in the files, after all were returned.</summary>
    public HistoryOrder Order => new(_order.Files, _order.UnorderedFiles, _order.Messages, _order.Moved, _outside);

    /// <summary>The messages with a process start.</summary>
    public IEnumerable<TimedMessage> Messages()
    {
        var number = 0L;
        foreach (var (place, body) in _order.Read())
        {
            number++;
            if (place.Ticks < _since)
            {
                _outside++;
                continue;
            }

            var ticks = Math.Clamp(place.Ticks, _span.First, _span.Last);
            yield return new(
                number,
                place.Tag & ~IsWide,
                new DateTimeOffset(ticks, TimeSpan.Zero),
                body,
                ticks != place.Ticks || (place.Tag & IsWide) != 0);
        }
    }

    public void Dispose() => _order.Dispose();

    private MessagePlace? PlaceOf(RecordedMessage message, IReadOnlyList<RecordOutcome> outcomes)
    {
        var (host, first, last) = ((string?)null, DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        foreach (var outcome in outcomes)
        {
            if (outcome is not RecordOutcome.Read { Event: var e }) continue;
            host ??= e.Host.Name;
            if (e.Time < first) first = e.Time;
            if (e.Time > last) last = e.Time;
        }

        if (host is null)
        {
            foreach (var outcome in outcomes) _health.Add(outcome, null);
            _others = (_others.Messages + 1, _others.Bytes + message.Body.Length, _others.Records + outcomes.Count);
            return null;
        }

        _times.Add(last.UtcTicks);
        var isWide = last - first > TimeSpan.FromDays(1);
        return new(last.UtcTicks, (byte)(HostPartition.Of(host, _partitions) | (isWide ? IsWide : 0)));
    }
}

/// <summary>A message of a history.</summary>
/// <param name="Number">Its place in the order from 1, those before the used days included.</param>
/// <param name="Partition">Number of its event partition.</param>
/// <param name="Time">The clock at the message, UTC.</param>
/// <param name="Body">The bytes.</param>
/// <param name="IsDoubtful">Whether some of its events may be from a wrong clock.</param>
internal readonly record struct TimedMessage(
    long Number, int Partition, DateTimeOffset Time, ReadOnlyMemory<byte> Body, bool IsDoubtful);
