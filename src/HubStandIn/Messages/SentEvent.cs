using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace Changeling.HubStandIn.Messages;

/// <summary>
/// An event as a producer sent it. Its properties and body stay encoded, so that readers get the same bytes; only the annotations,
/// of which the hub sets some, are taken apart.
/// </summary>
internal sealed class SentEvent
{
    /// <summary>Event Hubs' client writes a date with an offset as ticks under this name.</summary>
    private static readonly Symbol DateTimeOffsetType = "com.microsoft:datetime-offset";

    private static readonly Symbol SequenceNumberName = HubAnnotations.SequenceNumber;
    private static readonly Symbol OffsetName = HubAnnotations.Offset;
    private static readonly Symbol EnqueuedTimeName = HubAnnotations.EnqueuedTime;
    private static readonly Symbol PartitionKeyName = HubAnnotations.PartitionKey;

    private readonly ReadOnlyMemory<byte> _header;
    private readonly ReadOnlyMemory<byte> _bareMessage;
    private readonly MessageAnnotations? _annotations;

    private SentEvent(ReadOnlyMemory<byte> header, MessageAnnotations? annotations, ReadOnlyMemory<byte> bareMessage)
    {
        _header = header;
        _annotations = annotations;
        _bareMessage = bareMessage;
    }

    /// <summary>Bytes without the annotations that the hub adds; above 0.</summary>
    public int Length => Math.Max(1, _header.Length + _bareMessage.Length);

    /// <summary>The key in the event itself; null without one.</summary>
    public string? PartitionKey => _annotations?[PartitionKeyName] as string;

    /// <summary>The time that the sender wishes; null without one.</summary>
    public DateTimeOffset? EnqueuedTime => _annotations?[EnqueuedTimeName] switch
    {
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        DescribedValue { Value: long ticks } value when DateTimeOffsetType.Equals(value.Descriptor) =>
            new DateTimeOffset(ticks, TimeSpan.Zero),
        _ => null,
    };

    /// <summary>Splits an encoded event.</summary>
    /// <param name="encoded">A whole AMQP message.</param>
    /// <exception cref="AmqpException">It is not one.</exception>
    public static SentEvent Parse(ReadOnlyMemory<byte> encoded)
    {
        ReadOnlyMemory<byte> header = default;
        MessageAnnotations? annotations = null;
        while (!encoded.IsEmpty)
        {
            var section = Section.First(encoded.Span);
            if (section.Code > SectionCode.MessageAnnotations) break;
            if (section.Code == SectionCode.Header) header = encoded[..section.Length];
            if (section.Code == SectionCode.MessageAnnotations) annotations = Decode(encoded[..section.Length]);
            encoded = encoded[section.Length..];
        }

        return new SentEvent(header, annotations, encoded);
    }

    /// <summary>The message that readers get.</summary>
    public byte[] Stamp(long sequenceNumber, long offset, DateTimeOffset enqueuedTime, string? partitionKey)
    {
        var annotations = _annotations ?? new MessageAnnotations();
        annotations[SequenceNumberName] = sequenceNumber;
        annotations[OffsetName] = offset.ToString(System.Globalization.CultureInfo.InvariantCulture);
        annotations[EnqueuedTimeName] = enqueuedTime.UtcDateTime;
        if (partitionKey is not null) annotations[PartitionKeyName] = partitionKey;

        var stamped = new ByteBuffer(256, autoGrow: true);
        annotations.Encode(stamped);
        return [.. _header.Span, .. stamped.Buffer.AsSpan(stamped.Offset, stamped.Length), .. _bareMessage.Span];
    }

    private static MessageAnnotations? Decode(ReadOnlyMemory<byte> section)
    {
        var bytes = section.ToArray();
        return Message.Decode(new ByteBuffer(bytes, 0, bytes.Length, bytes.Length)).MessageAnnotations;
    }
}
