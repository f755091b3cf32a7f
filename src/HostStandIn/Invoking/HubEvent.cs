using System.Globalization;
using Azure.Core.Amqp;
using Azure.Messaging.EventHubs;
using Changeling.Events;

namespace Changeling.HostStandIn.Invoking;

/// <summary>Converts a message to the form that it would have from a hub.</summary>
internal static class HubEvent
{
    private const string SequenceNumber = "x-opt-sequence-number";
    private const string Offset = "x-opt-offset";
    private const string EnqueuedTime = "x-opt-enqueued-time";

    /// <summary>The event. AMQP knows times of a millisecond's resolution; its offset is made up from the sequence number.</summary>
    public static EventData Of(TelemetryMessage message)
    {
        var amqp = new AmqpAnnotatedMessage(AmqpMessageBody.FromData([message.Body]));
        amqp.MessageAnnotations[SequenceNumber] = message.SequenceNumber;
        amqp.MessageAnnotations[Offset] = (8_589_934_592 + (message.SequenceNumber * 1024)).ToString(CultureInfo.InvariantCulture);
        amqp.MessageAnnotations[EnqueuedTime] = message.EnqueuedTime.UtcDateTime;
        return new EventData(amqp);
    }
}
