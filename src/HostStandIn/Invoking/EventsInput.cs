using Azure.Core.Amqp;
using Azure.Messaging.EventHubs;
using Changeling.Events;
using Changeling.HostStandIn.Contract;
using Google.Protobuf;

namespace Changeling.HostStandIn.Invoking;

/// <summary>A batch of an Event Hubs trigger: each event as a whole AMQP message.</summary>
internal sealed record EventsInput(EventBatch Batch, IReadOnlyList<EventData> Events, HubAddress Hub) : ICallInput
{
    private const string Version = "1.0";
    private const string Source = "AzureEventHubsEventData";
    private const string ContentType = "application/octet-stream";

    EventBatch? ICallInput.Batch => Batch;

    /// <summary>Messages that do not come from a hub.</summary>
    public static EventsInput Of(EventBatch batch) => new(batch, [.. batch.Messages.Select(HubEvent.Of)], HubAddress.OfFeeds);

    /// <summary>Events that a client received from a hub.</summary>
    public static EventsInput Of(EventPartition partition, IReadOnlyList<EventData> events, HubAddress hub) =>
        new(
            new EventBatch(partition, [.. events.Select(e => new TelemetryMessage(e.SequenceNumber, e.EnqueuedTime, Body(e)))]),
            events,
            hub);

    /// <inheritdoc/>
    public void Fill(InvocationRequest request, string binding)
    {
        var messages = new CollectionModelBindingData();
        foreach (var one in Events) messages.ModelBindingData.Add(Message(one));
        request.InputData.Add(new ParameterBinding { Name = binding, Data = new TypedData { CollectionModelBindingData = messages } });
        EventsMetadata.Fill(request.TriggerMetadata, this);
    }

    /// <summary>An AMQP message may contain a value instead of bytes. The worker receives such messages as well.</summary>
    private static ReadOnlyMemory<byte> Body(EventData one) =>
        one.GetRawAmqpMessage().Body.BodyType == AmqpMessageBodyType.Data ? one.EventBody.ToMemory() : default;

    private static ModelBindingData Message(EventData one) => new()
    {
        Version = Version,
        Source = Source,
        ContentType = ContentType,
        Content = UnsafeByteOperations.UnsafeWrap(one.GetRawAmqpMessage().ToBytes().ToMemory()),
    };
}
