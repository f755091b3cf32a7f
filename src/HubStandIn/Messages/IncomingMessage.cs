using Amqp;
using Amqp.Framing;

namespace Changeling.HubStandIn.Messages;

/// <summary>A received message, decoded, with its original bytes.</summary>
internal sealed class IncomingMessage : Message
{
    /// <summary>The format of a message whose every data section is an encoded event.</summary>
    private const uint BatchFormat = 0x80013700;

    private readonly ReadOnlyMemory<byte> _encoded;

    private IncomingMessage(ReadOnlyMemory<byte> encoded, Message decoded)
    {
        _encoded = encoded;
        Header = decoded.Header;
        DeliveryAnnotations = decoded.DeliveryAnnotations;
        MessageAnnotations = decoded.MessageAnnotations;
        Properties = decoded.Properties;
        ApplicationProperties = decoded.ApplicationProperties;
        BodySection = decoded.BodySection;
        Footer = decoded.Footer;
    }

    /// <summary>Bytes of the whole message.</summary>
    public int Length => _encoded.Length;

    /// <summary>The events in it, each an encoded AMQP message; more than one only in a batch.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Events => (Format, BodySection) switch
    {
        (BatchFormat, Data data) => [BytesOf(data)],
        (BatchFormat, DataList list) => Enumerable.Range(0, list.Count).Select(i => BytesOf(list[i])),
        _ => [_encoded],
    };

    /// <exception cref="AmqpException">It is not an AMQP message.</exception>
    public static IncomingMessage Read(ByteBuffer buffer)
    {
        var encoded = buffer.Buffer.AsMemory(buffer.Offset, buffer.Length);
        return new IncomingMessage(encoded, Decode(buffer));
    }

    private static ReadOnlyMemory<byte> BytesOf(Data data) =>
        data.Buffer is { } bytes ? bytes.Buffer.AsMemory(bytes.Offset, bytes.Length) : default;
}
