using Changeling.Events;
using Changeling.HostStandIn;

namespace Changeling.Cli.Demo;

/// <summary>What a demo sends: messages on the partitions of a hub, and what is known of them beforehand.</summary>
internal abstract class DemoTelemetry
{
    /// <summary>The hub's name.</summary>
    public const string Hub = "telemetry";

    /// <summary>Partitions of the hub, keyed by host.</summary>
    protected const int Partitions = 4;

    /// <summary>One line on what this is.</summary>
    public abstract string Title { get; }

    /// <summary>Days in which counts halve; 0 is never, for recordings that lie years apart.</summary>
    public abstract int HalfLifeDays { get; }

    /// <summary>Process starts, as far as they can be told before reading.</summary>
    public abstract int Messages { get; }

    /// <summary>The messages by event partition, each in order.</summary>
    public abstract IReadOnlyDictionary<EventPartition, IReadOnlyList<TelemetryMessage>> ByPartition { get; }

    /// <summary>
    /// The feeds in the order they are handed over: the next stretch begins when all partitions have had the last. One
    /// stretch is all, unless the telemetry has a clock that all partitions share.
    /// </summary>
    public virtual IEnumerable<IReadOnlyList<PartitionFeed>> Stretches => [Feeds(_ => true)];

    /// <summary>Lines of ground truth, where the telemetry is simulated.</summary>
    public abstract IReadOnlyList<AttackTruth> Truth { get; }

    /// <summary>Of every partition the messages that are wanted.</summary>
    protected IReadOnlyList<PartitionFeed> Feeds(Func<TelemetryMessage, bool> wanted) =>
        [.. ByPartition.Select(p => new PartitionFeed(p.Key, p.Value.Where(wanted).ToAsyncEnumerable()))];

    /// <summary>The event partition of a number.</summary>
    protected static EventPartition Partition(int number) => new(Hub, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>One attack step that was simulated.</summary>
/// <param name="Chain">The chain's id.</param>
/// <param name="Technique">ATT&amp;CK id.</param>
/// <param name="Identity">Source identity of the event.</param>
/// <param name="Line">The line for the truth file.</param>
internal sealed record AttackTruth(string Chain, string? Technique, string? Identity, string Line);
