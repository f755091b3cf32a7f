using Amqp;
using Amqp.Framing;

namespace Changeling.HubStandIn.Links;

/// <summary>The errors of an event hub, with the conditions and texts by which clients distinguish them.</summary>
internal static class LinkErrors
{
    /// <summary>Event Hubs' client knows this error by its text.</summary>
    public static AmqpException NotFound(string entity) =>
        new(ErrorCode.NotFound, $"The messaging entity '{entity}' could not be found.");

    public static AmqpException NoSuchPartition(string partition, int partitions) => new(
        "com.microsoft:argument-out-of-range",
        $"The specified partition '{partition}' is invalid for an EventHub partition sender or receiver. It should be between 0 and {partitions - 1}.");

    public static AmqpException InvalidArgument(string message) => new("com.microsoft:argument-error", message);

    public static AmqpException NoOwnerLevel(long present) => new(
        ErrorCode.Stolen,
        $"At least one receiver for the endpoint is created with epoch of '{present}', and so non-epoch receiver is not allowed. "
        + "Either reconnect with a higher epoch, or make sure all epoch receivers are closed or disconnected.");

    public static AmqpException LowerOwnerLevel(long present, long level) => new(
        ErrorCode.Stolen,
        $"Receiver with a higher epoch '{present}' already exists. Receiver with epoch {level} cannot be created. "
        + "Make sure you are creating receiver with increasing epoch value to ensure connectivity, or ensure all old epoch receivers are closed or disconnected.");

    public static AmqpException TooManyReaders(int max) => new(
        ErrorCode.ResourceLimitExceeded,
        $"Exceeded the maximum number of allowed receivers per partition in a consumer group which is {max}.");

    public static Error Stolen(long level) => new(ErrorCode.Stolen)
    {
        Description = $"New receiver with higher epoch of '{level}' is created hence current receiver is getting disconnected. "
            + "If you are recreating the receiver, make sure a higher epoch is used.",
    };

    public static Error ServerBusy() =>
        new("com.microsoft:server-busy") { Description = "The request was terminated because the namespace is being throttled." };

    public static Error TooLarge(int bytes, int max) => new(ErrorCode.MessageSizeExceeded)
    {
        Description = $"The received message (delivery size: {bytes} bytes) exceeds the limit ({max} bytes) currently allowed on the link.",
    };

    public static Error ClosedOnRequest() =>
        new(ErrorCode.DetachForced) { Description = "The link was closed by the hub on request of a test." };
}
