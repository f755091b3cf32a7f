namespace Changeling.HubStandIn.Messages;

/// <summary>Descriptors of the sections of an AMQP message (AMQP 1.0, part 3.2), in the order in which they stand.</summary>
internal static class SectionCode
{
    public const ulong Header = 0x70;

    public const ulong DeliveryAnnotations = 0x71;

    public const ulong MessageAnnotations = 0x72;
}
