using Amqp;
using Amqp.Framing;

namespace Changeling.HubStandIn.Messages;

/// <summary>Makes the AMQP message of an event that is appended in process.</summary>
internal static class EventEncoder
{
    public static SentEvent Encode(ReadOnlyMemory<byte> body, EventProperties properties)
    {
        var message = new Message { BodySection = new Data { Binary = body.ToArray() } };
        if (properties.MessageId is not null || properties.ContentType is not null || properties.CorrelationId is not null)
        {
            message.Properties = new Properties
            {
                MessageId = properties.MessageId,
                ContentType = properties.ContentType,
                CorrelationId = properties.CorrelationId,
            };
        }

        if (properties.Application.Count > 0) message.ApplicationProperties = new ApplicationProperties();
        foreach (var (name, value) in properties.Application) message.ApplicationProperties![name] = value;

        var encoded = message.Encode();
        return SentEvent.Parse(encoded.Buffer.AsMemory(encoded.Offset, encoded.Length));
    }
}
