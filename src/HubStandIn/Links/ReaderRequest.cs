using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Changeling.HubStandIn.Storing;

namespace Changeling.HubStandIn.Links;

/// <summary>The request of a client that attaches a link for reading.</summary>
internal sealed record ReaderRequest(
    HubReader Reader, HubPartition Partition, StartPosition Position, bool WantsLastEnqueued, TimeProvider Time)
{
    private static readonly Symbol OwnerLevel = "com.microsoft:epoch";
    private static readonly Symbol ReaderName = "com.microsoft:receiver-name";
    private static readonly Symbol LastEnqueued = "com.microsoft:enable-receiver-runtime-metric";

    /// <exception cref="AmqpException">There is no such hub, consumer group or partition, or the filter is not valid.</exception>
    public static ReaderRequest Of(Attach attach, HubCatalog hubs)
    {
        var address = LinkAddress.OfReader(attach);
        var hub = hubs.Find(address.Hub);
        if (!hub.Definition.HasConsumerGroup(address.ConsumerGroup!))
            throw LinkErrors.NotFound($"{hubs.Root}{hub.Name}/ConsumerGroups/{address.ConsumerGroup}");

        var partition = hub.FindPartition(address.Partition!);
        return new ReaderRequest(
            new HubReader(
                address.ConsumerGroup!, partition.Id, attach.Properties?[OwnerLevel] as long?, attach.Properties?[ReaderName] as string),
            partition,
            PositionFilter.Of(attach),
            attach.DesiredCapabilities?.Contains(LastEnqueued) ?? false,
            hubs.Time);
    }
}
