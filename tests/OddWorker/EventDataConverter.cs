using Azure.Core.Amqp;
using Azure.Messaging.EventHubs;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Changeling.OddWorker;

/// <summary>Reads the AMQP messages that the host hands over.</summary>
#pragma warning disable AZFW0009 // The analyzer expects it on the trigger's attribute, but the generator reads it from the converter.
[SupportsDeferredBinding]
#pragma warning restore AZFW0009
[SupportedTargetType(typeof(EventData[]))]
internal sealed class EventDataConverter : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) => ValueTask.FromResult(
        context.Source is CollectionModelBindingData { ModelBindingData: var events }
            ? ConversionResult.Success(Array.ConvertAll(events, Read))
            : ConversionResult.Unhandled());

    private static EventData Read(ModelBindingData data) =>
        (data.Version, data.Source, data.ContentType) == ("1.0", "AzureEventHubsEventData", "application/octet-stream")
            ? new EventData(AmqpAnnotatedMessage.FromBytes(data.Content))
            : throw new InvalidOperationException($"not an event: {data.Source} {data.Version} {data.ContentType}");
}
