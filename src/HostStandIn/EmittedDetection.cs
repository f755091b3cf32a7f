using System.Text;
using Changeling.Events;

namespace Changeling.HostStandIn;

/// <summary>One event on the <c>detections</c> hub.</summary>
/// <param name="Partition">The event partition whose batch it came from.</param>
/// <param name="EnqueuedTime">Enqueued time of the batch's last message, UTC: the simulated time at which it was sent.</param>
/// <param name="Body">The event's bytes, as the host would send them.</param>
public sealed record EmittedDetection(EventPartition Partition, DateTimeOffset EnqueuedTime, ReadOnlyMemory<byte> Body)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);
}
