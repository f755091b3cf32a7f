namespace Changeling.HubStandIn;

/// <summary>Names of the message annotations that an event hub sets on each event.</summary>
public static class HubAnnotations
{
    /// <summary>
    /// The enqueued time of the event, a timestamp in UTC. Event Hubs ignores it on a send. This stand-in takes the value of the sender, so
    /// that a simulated day keeps its clock: <c>eventData.GetRawAmqpMessage().MessageAnnotations[HubAnnotations.EnqueuedTime] = time</c>, a
    /// <see cref="DateTimeOffset"/> or a <see cref="DateTime"/> in UTC. Within a partition the time never goes backwards. A received event
    /// that is sent again as it is has the annotation too.
    /// </summary>
    public const string EnqueuedTime = "x-opt-enqueued-time";

    internal const string SequenceNumber = "x-opt-sequence-number";

    internal const string Offset = "x-opt-offset";

    internal const string PartitionKey = "x-opt-partition-key";
}
