using System.Globalization;
using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace Changeling.HubStandIn.Links;

/// <summary>Reports the newest event of a partition with each event sent, for clients that measure their lag.</summary>
internal sealed class LastEnqueuedEvent(HubPartition partition, TimeProvider time)
{
    /// <summary>The section of delivery annotations that goes before an encoded event.</summary>
    public byte[] Encode()
    {
        var state = partition.State();
        var annotations = new DeliveryAnnotations();
        annotations[new Symbol("last_enqueued_sequence_number")] = state.Last;
        annotations[new Symbol("last_enqueued_offset")] = state.LastOffset.ToString(CultureInfo.InvariantCulture);
        annotations[new Symbol("last_enqueued_time_utc")] = state.LastEnqueuedTime.UtcDateTime;
        annotations[new Symbol("runtime_info_retrieval_time_utc")] = time.GetUtcNow().UtcDateTime;

        var encoded = new ByteBuffer(256, autoGrow: true);
        annotations.Encode(encoded);
        return encoded.Buffer.AsSpan(encoded.Offset, encoded.Length).ToArray();
    }
}
