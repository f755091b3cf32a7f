using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Changeling.HubStandIn.Storing;
using Changeling.HubStandIn.Wire;

namespace Changeling.HubStandIn.Links;

/// <summary>Makes the links that clients attach to hubs.</summary>
internal sealed class LinkFactory(HubCatalog hubs, HubFaults faults, int maxMessageBytes)
{
    /// <summary>Messages that a client may send before the first is answered.</summary>
    private const int PublisherCredit = 1000;

    public HubCatalog Hubs => hubs;

    /// <exception cref="AmqpException">The link is refused; nothing was answered.</exception>
    public void Attach(AttachContext context, HubConnection connection)
    {
        // The flag is true if the client is the receiver.
        if (context.Attach.Role) AttachReader(context, connection);
        else AttachPublisher(context);
    }

    private void AttachReader(AttachContext context, HubConnection connection)
    {
        var hub = hubs.Find(LinkAddress.OfReader(context.Attach).Hub);
        var request = ReaderRequest.Of(context.Attach, hubs);
        var link = new ReaderLink(context.Link, connection, request, First(request), hub.ReaderLinks.Leave);
        context.Attach.SndSettleMode = SenderSettleMode.Settled;
        hub.ReaderLinks.Enter(link, () => context.Complete(link, 0));
        link.Start();
    }

    private void AttachPublisher(AttachContext context)
    {
        var address = LinkAddress.OfPublisher(context.Attach);
        var hub = hubs.Find(address.Hub);
        var partition = address.Partition is { } id ? hub.FindPartition(id) : null;
        var link = new PublisherLink(context.Link, hub, partition, maxMessageBytes, faults);
        context.Attach.MaxMessageSize = (ulong)maxMessageBytes;
        hub.PublisherLinks.Enter(link, () => context.Complete(link, PublisherCredit));
    }

    private static long First(ReaderRequest request)
    {
        try
        {
            return request.Partition.Resolve(request.Position);
        }
        catch (PositionBeyondEndException exception)
        {
            throw LinkErrors.InvalidArgument(exception.Message);
        }
    }
}
