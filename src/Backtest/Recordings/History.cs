using Changeling.Events;
using Changeling.RecordedFiles;
using Changeling.RecordedFiles.Capture;
using Changeling.RecordedFiles.Ordering;

namespace Changeling.Backtest.Recordings;

/// <summary>
/// A history in the form that the hub would have delivered: messages in order of time, keyed by host, with the time of their latest event
/// as the enqueued time. Files of Event Hubs Capture hold what the hub did deliver. It is read once.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="partitions">Number of event partitions that the hosts are distributed over; 1 to 127.</param>
/// <param name="from">The progress of an earlier run; messages up to there are left out.</param>
/// <param name="progress">Receives the progress, if given.</param>
public sealed class History(
    IReadOnlyList<RecordedFile> files, int partitions, HistoryState? from = null, IProgress<HistoryProgress>? progress = null) : IDisposable
{
    /// <summary>An event whose time differs by more than this from the clock is from a wrong clock.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromDays(1);

    private static readonly MessageReader Reader = new(new MessageLimits());

    private readonly Dictionary<EventPartition, long> _sequenceNumbers =
        from?.SequenceNumbers.ToDictionary(n => Partition(n.Key), n => n.Value) ?? [];

    private OrderedHistory? _ordered;

    /// <summary>Whether the files are of Event Hubs Capture, so that the messages have their own places.</summary>
    public bool IsCaptured { get; private set; }

    /// <summary>Event partitions of the messages so far.</summary>
    public int Partitions => _sequenceNumbers.Count;

    /// <summary>Messages so far.</summary>
    public long Count { get; private set; } = from?.Count ?? 0;

    /// <summary>Number of bytes of these messages.</summary>
    public long Bytes { get; private set; } = from?.Bytes ?? 0;

    /// <summary>Process starts from a wrong clock so far.</summary>
    public int LateEvents { get; private set; } = from?.LateEvents ?? 0;

    /// <summary>The messages without a process start, which have no place among the others and are only counted.</summary>
    public OtherMessages Others => _ordered?.Others ?? OtherMessages.None;

    /// <summary>How the order was found; <see langword="null"/> for files of Event Hubs Capture.</summary>
    public HistoryOrder? Order => _ordered?.Order;

    /// <summary>Number of days that are used, at the end of the history.</summary>
    /// <value>All days unless set; at least 1.</value>
    public int? Days { get; init; }

    /// <summary>
    /// Reads a message. Called on other threads for messages that follow; the result is passed on with the message.
    /// </summary>
    /// <value>Reads and does no more unless set.</value>
    public Func<ReadOnlyMemory<byte>, MessageContent> Read { get; init; } =
        body => new(Reader.Read(body, out var size), size);

    /// <summary>The progress after the last returned message.</summary>
    public HistoryState State => new(Count, Bytes, LateEvents, _sequenceNumbers.ToDictionary(n => n.Key.Id, n => n.Value));

    /// <summary>All messages with a process start, in order of time; of Event Hubs Capture all messages.</summary>
    /// <param name="cancellationToken">Stops finding the order.</param>
    /// <exception cref="InvalidDataException">A file cannot be read; the message names it.</exception>
    public IEnumerable<(EventPartition Partition, TelemetryMessage Message)> Messages(CancellationToken cancellationToken)
    {
        IsCaptured = IsCapture(files[0]);
        return IsCaptured ? Captured() : Timed(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _ordered?.Dispose();

    private IEnumerable<(EventPartition Partition, TelemetryMessage Message)> Timed(CancellationToken cancellationToken)
    {
        var known = Count;
        _ordered = new OrderedHistory(files, partitions, Days, Share(HistoryStep.Ordering), cancellationToken);
        var (running, all, next) = (Share(HistoryStep.Running), _ordered.Order.Messages, 1L);
        var messages = _ordered.Messages().Where(_ => known-- <= 0);
        foreach (var (message, content) in WorkAhead.Select(messages, message => message.Body.Length, message => Read(message.Body)))
        {
            if (message.Number >= next)
            {
                running?.Report((double)message.Number / all);
                next = message.Number + (all / 1_000);
            }

            Count++;
            Bytes += message.Body.Length;
            if (message.IsDoubtful) LateEvents += content.Events.Count(e => (message.Time - e.Time).Duration() > Late);
            var partition = Partition(message.Partition);
            var number = _sequenceNumbers.GetValueOrDefault(partition);
            _sequenceNumbers[partition] = number + 1;
            yield return (partition, new TelemetryMessage(number, message.Time, message.Body) { Content = content });
        }

        running?.Report(1);
    }

    /// <summary>The messages of Event Hubs Capture, at their own places. A run that continues reads up to where it was.</summary>
    private IEnumerable<(EventPartition Partition, TelemetryMessage Message)> Captured()
    {
        var since = Days is { } days ? CapturedHub.LastTime(files).AddDays(-days) : DateTimeOffset.MinValue;
        var messages = CapturedHub.Messages(files, Share(HistoryStep.Running))
            .Select(captured => captured.Message)
            .Where(message => message.Captured!.EnqueuedTime >= since)
            .Skip(checked((int)Count));
        foreach (var (message, content) in WorkAhead.Select(messages, message => message.Body.Length, message => Read(message.Body)))
        {
            var place = message.Captured!;
            Count++;
            Bytes += message.Body.Length;
            LateEvents += content.Events.Count(e => place.EnqueuedTime - e.Time > Late);
            _sequenceNumbers[Partition(place.Partition)] = place.SequenceNumber + 1;
            yield return (
                Partition(place.Partition),
                new TelemetryMessage(place.SequenceNumber, place.EnqueuedTime, message.Body) { Content = content });
        }
    }

    private static bool IsCapture(RecordedFile file)
    {
        using var recording = Recording.Open(file);
        return recording.IsCapture;
    }

    private StepProgress? Share(HistoryStep step) => progress is null ? null : new(step, progress);

    /// <summary>The event partition of a number.</summary>
    public static EventPartition Partition(int number) => Partition(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The event partition of an id.</summary>
    public static EventPartition Partition(string id) => new("history", id);

    private sealed class StepProgress(HistoryStep step, IProgress<HistoryProgress> all) : IProgress<double>
    {
        public void Report(double value) => all.Report(new(step, value));
    }
}
