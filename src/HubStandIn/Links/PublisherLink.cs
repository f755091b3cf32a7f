using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;
using Changeling.HubStandIn.Messages;

namespace Changeling.HubStandIn.Links;

/// <summary>Receives the messages that a client sends to a hub or to one of its partitions.</summary>
/// <param name="link">The link.</param>
/// <param name="hub">The hub for the events.</param>
/// <param name="partition">Null lets the hub choose.</param>
/// <param name="maxMessageBytes">A larger message closes the link.</param>
/// <param name="faults">The requested faults.</param>
internal sealed class PublisherLink(
    ListenerLink link, Hub hub, HubPartition? partition, int maxMessageBytes, HubFaults faults) : LinkEndpoint
{
    /// <summary>Closes the link from the hub's side, with an error for the client.</summary>
    public void Close(Error error) => link.Close(TimeSpan.Zero, error);

    /// <inheritdoc/>
    public override void OnMessage(MessageContext messageContext)
    {
        // Sent before the client knew that the link is closed; it will send the message again.
        if (link.IsClosed) return;

        var message = (IncomingMessage)messageContext.Message;
        if (message.Length > maxMessageBytes)
        {
            Close(LinkErrors.TooLarge(message.Length, maxMessageBytes));
            return;
        }

        try
        {
            Take(messageContext, message);
        }
        catch (AmqpException exception)
        {
            messageContext.Complete(exception.Error);
        }
    }

    /// <inheritdoc/>
    public override void OnFlow(FlowContext flowContext)
    {
        // The hub accepts everything that is sent, so the client needs no credit.
    }

    /// <inheritdoc/>
    public override void OnDisposition(DispositionContext dispositionContext)
    {
        // The hub settles every message that it accepts, so the sender's own disposition is ignored.
    }

    /// <inheritdoc/>
    public override void OnLinkClosed(ListenerLink link, Error error) => hub.PublisherLinks.Leave(this);

    private void Take(MessageContext context, IncomingMessage message)
    {
        var events = message.Events.Select(SentEvent.Parse).ToList();
        var key = message.MessageAnnotations?[new Symbol(HubAnnotations.PartitionKey)] as string ?? events[0].PartitionKey;
        var chosen = partition ?? hub.Choose(key);
        var fault = faults.Next(new SendAttempt(hub.Name, chosen.Id, key, events.Count));
        if (fault == SendFault.Throttle)
        {
            context.Complete(LinkErrors.ServerBusy());
            return;
        }

        var delay = faults.AnswerDelay;
        chosen.Append(events, key);
        if (fault == SendFault.LoseAnswer) Close(LinkErrors.ClosedOnRequest());
        else if (delay > TimeSpan.Zero) _ = AnswerLaterAsync(context, delay);
        else context.Complete();
    }

    private async Task AnswerLaterAsync(MessageContext context, TimeSpan delay)
    {
        await faults.DelayAnswerAsync(delay);
        if (!link.IsClosed) context.Complete();
    }
}
