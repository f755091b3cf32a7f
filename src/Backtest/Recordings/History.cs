using Changeling.Events;
using Changeling.RecordedFiles;
using Changeling.RecordedFiles.Capture;

namespace Changeling.Backtest.Recordings;

/// <summary>
/// A history in the form that the hub would have delivered: messages keyed by host, with the running maximum of event times over all files
/// as the enqueued time. Files of Event Hubs Capture hold what the hub did deliver. It is read once, from the beginning.
/// </summary>
/// <param name="files">The files, in order.</param>
/// <param name="partitions">Number of event partitions that the hosts are distributed over.</param>
/// <param name="progress">Receives the number of bytes that were read since the last report, if given.</param>
/// <param name="from">The progress of an earlier run.</param>
public sealed class History(IReadOnlyList<RecordedFile> files, int partitions, IProgress<long>? progress = null, HistoryState? from = null)
{
    /// <summary>An event that is older than the newest one by more than this is out of order, or from a wrong clock.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromDays(1);

    private readonly MessageReader _reader = new(new MessageLimits());
    private readonly Dictionary<EventPartition, long> _sequenceNumbers =
        from?.SequenceNumbers.ToDictionary(n => Partition(n.Key), n => n.Value)
        ?? [];
    private DateTimeOffset? _clock = from?.Clock;
    private (int File, ValuePlace Place) _place = from is null ? default : (from.File, from.Place);
    private bool _isBetweenValues;

    /// <summary>Whether the files are of Event Hubs Capture, so that the messages have their own places.</summary>
    public bool IsCaptured { get; private set; }

    /// <summary>Event partitions of the messages so far.</summary>
    public int Partitions => _sequenceNumbers.Count;

    /// <summary>Messages read so far.</summary>
    public long Count { get; private set; } = from?.Count ?? 0;

    /// <summary>Number of bytes of these messages.</summary>
    public long Bytes { get; private set; } = from?.Bytes ?? 0;

    /// <summary>Process starts that are out of order, or from a wrong clock.</summary>
    public int LateEvents { get; private set; } = from?.LateEvents ?? 0;

    /// <summary>
    /// The progress after the last returned message; <see langword="null"/> while earlier messages are still waiting.
    /// </summary>
    public HistoryState? State => !_isBetweenValues ? null : new(
        _place.File, _place.Place, _clock!.Value, _sequenceNumbers.ToDictionary(n => n.Key.Id, n => n.Value), Count, Bytes, LateEvents);

    /// <summary>All messages, in the order of the files.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read; the message names it.</exception>
    public IEnumerable<(EventPartition Partition, TelemetryMessage Message)> Messages()
    {
        IsCaptured = IsCapture(files[0]);
        return IsCaptured ? Captured() : Timed();
    }

    private IEnumerable<(EventPartition Partition, TelemetryMessage Message)> Timed()
    {
        var timeless = new List<(EventPartition Partition, ReadOnlyMemory<byte> Body)>();
        foreach (var body in Bodies())
        {
            Count++;
            Bytes += body.Length;
            _isBetweenValues = false;
            var events = Events(body);
            var partition = Partition(events.Count == 0 ? 0 : HostPartition.Of(events[0].Host.Name, partitions));
            if (events.Count > 0 && events.Max(e => e.Time) is var latest && !(latest <= _clock)) _clock = latest;
            LateEvents += events.Count(e => _clock - e.Time > Late);

            // The time before the first event is not known, so records before it wait until it is read.
            if (_clock is null) timeless.Add((partition, body));
            if (_clock is not { } clock) continue;
            foreach (var early in timeless) yield return Numbered(early.Partition, clock, early.Body);
            timeless.Clear();
            _isBetweenValues = true;
            yield return Numbered(partition, clock, body);
        }

        _isBetweenValues = false;
        foreach (var (partition, body) in timeless) yield return Numbered(partition, DateTimeOffset.UnixEpoch, body);
    }

    /// <summary>The messages of Event Hubs Capture, at their own places. A run that continues reads up to where it was.</summary>
    private IEnumerable<(EventPartition Partition, TelemetryMessage Message)> Captured()
    {
        var known = Count;
        foreach (var (_, message) in CapturedHub.Messages(files, progress))
        {
            if (known-- > 0) continue;
            var place = message.Captured!;
            Count++;
            Bytes += message.Body.Length;
            _clock = _clock is { } before && before > place.EnqueuedTime ? before : place.EnqueuedTime;
            LateEvents += Events(message.Body).Count(e => place.EnqueuedTime - e.Time > Late);
            _isBetweenValues = true;
            _sequenceNumbers[Partition(place.Partition)] = place.SequenceNumber + 1;
            yield return (Partition(place.Partition), new TelemetryMessage(place.SequenceNumber, place.EnqueuedTime, message.Body));
        }
    }

    private List<ProcessEvent> Events(ReadOnlyMemory<byte> body) =>
        [.. _reader.Read(body).OfType<RecordOutcome.Read>().Select(r => r.Event)];

    private IEnumerable<ReadOnlyMemory<byte>> Bodies()
    {
        foreach (var file in files.Take(_place.File)) progress?.Report(file.Length);
        for (var i = _place.File; i < files.Count; i++)
        {
            using var recording = Recording.Open(files[i], i == _place.File ? _place.Place : default);
            if (recording.IsCapture)
            {
                throw new InvalidDataException(
                    $"{files[i].Name} is of Event Hubs Capture, unlike the files before it; pass the two kinds in two runs.");
            }

            var before = 0L;
            foreach (var message in recording.Messages())
            {
                progress?.Report(recording.Position - before);
                before = recording.Position;
                _place = (i, recording.Place);
                yield return message.Body;
            }

            progress?.Report(recording.Length - before);
        }
    }

    private static bool IsCapture(RecordedFile file)
    {
        using var recording = Recording.Open(file);
        return recording.IsCapture;
    }

    private (EventPartition Partition, TelemetryMessage Message) Numbered(
        EventPartition partition, DateTimeOffset clock, ReadOnlyMemory<byte> body)
    {
        var number = _sequenceNumbers.GetValueOrDefault(partition);
        _sequenceNumbers[partition] = number + 1;
        return (partition, new TelemetryMessage(number, clock, body));
    }

    /// <summary>The event partition of a number.</summary>
    public static EventPartition Partition(int number) => Partition(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The event partition of an id.</summary>
    public static EventPartition Partition(string id) => new("history", id);
}
