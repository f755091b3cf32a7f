using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace Changeling.HubStandIn.Messages;

/// <summary>The content of an AMQP message, in .NET types.</summary>
internal sealed record MessageContent(
    ReadOnlyMemory<byte> Body, string? MessageId, string? ContentType, string? CorrelationId,
        IReadOnlyDictionary<string, object?> ApplicationProperties)
{
    public static MessageContent Decode(byte[] encoded)
    {
        var message = Message.Decode(new ByteBuffer(encoded, 0, encoded.Length, encoded.Length));
        return new MessageContent(
            BodyOf(message.BodySection),
            message.Properties?.GetMessageId()?.ToString(),
            message.Properties?.ContentType?.ToString(),
            message.Properties?.GetCorrelationId()?.ToString(),
            PropertiesOf(message.ApplicationProperties));
    }

    private static ReadOnlyMemory<byte> BodyOf(RestrictedDescribed? section) => section switch
    {
        Data data => BytesOf(data),
        DataList parts => Enumerable.Range(0, parts.Count).SelectMany(i => BytesOf(parts[i]).ToArray()).ToArray(),
        AmqpValue { Value: byte[] bytes } => bytes,
        AmqpValue { Value: string text } => System.Text.Encoding.UTF8.GetBytes(text),
        _ => ReadOnlyMemory<byte>.Empty,
    };

    private static ReadOnlyMemory<byte> BytesOf(Data data) =>
        data.Buffer is { } bytes ? bytes.Buffer.AsMemory(bytes.Offset, bytes.Length) : default;

    private static Dictionary<string, object?> PropertiesOf(ApplicationProperties? properties) =>
        properties?.Map.ToDictionary(
            pair => (string)pair.Key, pair => pair.Value is Symbol symbol ? symbol.ToString() : (object?)pair.Value)
            ?? [];
}
