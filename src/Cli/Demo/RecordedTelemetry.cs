using System.Globalization;
using Changeling.Events;
using Changeling.Hubs;
using Changeling.HubStandIn;

namespace Changeling.Cli.Demo;

/// <summary>
/// A user's own recordings: each top-level JSON value is a message, keyed by the host of its first event. It is enqueued at its events'
/// time, never before the message ahead of it in its partition, and never by the wall clock.
/// </summary>
internal sealed class RecordedTelemetry : DemoTelemetry
{
    /// <summary>The key of a message without a launch. It is not counted, but must be at the same position in every run.</summary>
    private const string NoHost = "no-host";

    private readonly int _files;
    private readonly List<OutgoingMessage> _messages;

    private RecordedTelemetry(int files, List<OutgoingMessage> messages, UnreadRecords unread) =>
        (_files, _messages, Unread) = (files, messages, unread);

    /// <summary>The records that could not be read.</summary>
    public UnreadRecords Unread { get; }

    public override string Title =>
        $"{_files} file{(_files == 1 ? "" : "s")} of recorded telemetry, {Messages:N0} messages; counts do not decay";

    public override int HalfLifeDays => 0;

    public override int Messages => _messages.Count;

    public override IEnumerable<IReadOnlyList<OutgoingMessage>> Stretches => [_messages];

    public override IReadOnlyList<AttackTruth> Truth => [];

    /// <summary>The messages by event partition, numbered and timed as the local hub does it.</summary>
    /// <param name="hub">The hub, for its number of partitions.</param>
    public IReadOnlyDictionary<string, IReadOnlyList<TelemetryMessage>> By(HubDefinition hub)
    {
        var partitions = new Dictionary<string, IReadOnlyList<TelemetryMessage>>(StringComparer.Ordinal);
        foreach (var partition in _messages.GroupBy(m => hub.PartitionOf(PartitionKey.Of(m.Host!))))
        {
            var messages = new List<TelemetryMessage>();
            foreach (var message in partition)
            {
                var enqueued = messages.Count > 0 && messages[^1].EnqueuedTime > message.EnqueuedTime
                    ? messages[^1].EnqueuedTime
                    : message.EnqueuedTime!.Value;
                messages.Add(new TelemetryMessage(messages.Count, enqueued, message.Body));
            }

            partitions[partition.Key.ToString(CultureInfo.InvariantCulture)] = messages;
        }

        return partitions;
    }

    /// <exception cref="CliException">A file does not exist, or contains no message.</exception>
    public static async Task<RecordedTelemetry> ReadAsync(
        IReadOnlyList<string> files, CliConsole console, CancellationToken cancellationToken)
    {
        var recorded = await TelemetryFiles.OfAsync(files, [], console, cancellationToken);
        var (messages, clock) = (new List<OutgoingMessage>(), DateTimeOffset.UnixEpoch);
        var reader = new MessageReader(new MessageLimits());
        var (read, unread, example) = (0L, 0L, (string?)null);
        foreach (var (file, message) in TelemetryFiles.Messages(recorded))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var outcomes = reader.Read(message.Body);
            var events = outcomes.OfType<RecordOutcome.Read>().Select(r => r.Event).ToList();
            if (message.Captured is { } captured) clock = captured.EnqueuedTime;
            else if (events.Count > 0) clock = events.Max(e => e.Time);
            var place = string.Create(CultureInfo.InvariantCulture, $"{file.Name}:{message.Number}");
            foreach (var outcome in outcomes)
            {
                if (outcome is not RecordOutcome.Unreadable bad) read++;
                else (unread, example) = (unread + 1, example ?? $"{place} ({message.Damage ?? bad.Reason})");
            }

            messages.Add(
                new OutgoingMessage(events.Count == 0 ? NoHost : events[0].Host.Name, message.Body, place) { EnqueuedTime = clock });
        }

        return messages.Count == 0
            ? throw new CliException($"{string.Join(", ", files)}: no message to send; name a file with recorded telemetry.")
            : new RecordedTelemetry(recorded.Count, messages, new UnreadRecords(read, unread, example));
    }
}
