using Changeling.Events;

namespace Changeling.Cli.Demo;

/// <summary>
/// A user's own recordings: each top-level JSON value is a message, keyed by the host of its first event. The hub's clock is
/// the running maximum of event times; never the wall clock.
/// </summary>
internal sealed class RecordedTelemetry : DemoTelemetry
{
    private readonly int _files;

    private RecordedTelemetry(int files, IReadOnlyDictionary<EventPartition, IReadOnlyList<TelemetryMessage>> byPartition)
    {
        _files = files;
        ByPartition = byPartition;
        Messages = byPartition.Values.Sum(m => m.Count);
    }

    public override string Title => $"{_files} file{(_files == 1 ? "" : "s")} of recorded telemetry, {Messages:N0} messages; counts do not decay";

    public override int HalfLifeDays => 0;

    public override int Messages { get; }

    public override IReadOnlyDictionary<EventPartition, IReadOnlyList<TelemetryMessage>> ByPartition { get; }

    public override IReadOnlyList<AttackTruth> Truth => [];

    /// <exception cref="CliException">A file is not there, or holds nothing.</exception>
    public static async Task<RecordedTelemetry> ReadAsync(IReadOnlyList<string> files, CancellationToken cancellationToken, int partitions = Partitions)
    {
        InputFiles.Require(files);
        var hub = new Dictionary<EventPartition, List<TelemetryMessage>>();
        var reader = new MessageReader(new MessageLimits());
        foreach (var file in files)
        {
            foreach (var (_, body) in JsonValueSplitter.Split(await InputFiles.ReadAsync(file, cancellationToken)))
            {
                var events = reader.Read(body).OfType<RecordOutcome.Read>().Select(r => r.Event).ToList();
                var partition = Partition(events.Count == 0 ? 0 : HostPartition.Of(events[0].Host.Name, partitions));
                if (!hub.TryGetValue(partition, out var messages)) hub[partition] = messages = [];
                var clock = events.Select(e => e.Time).Append(messages.Count == 0 ? DateTimeOffset.UnixEpoch : messages[^1].EnqueuedTime).Max();
                messages.Add(new TelemetryMessage(messages.Count, clock, body));
            }
        }

        return hub.Count == 0
            ? throw new CliException($"{string.Join(", ", files)}: nothing in it to send.")
            : new RecordedTelemetry(files.Count, hub.ToDictionary(p => p.Key, p => (IReadOnlyList<TelemetryMessage>)p.Value));
    }
}
