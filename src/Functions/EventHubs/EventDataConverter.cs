using Azure.Core.Amqp;
using Azure.Messaging.EventHubs;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Changeling.Functions.EventHubs;

/// <summary>
/// Converts the host's data into messages of the official client: one whole AMQP message each, with its sequence number and times.
/// </summary>
#pragma warning disable AZFW0009 // The analyzer is older than the rule: metadata is generated from this attribute on the converter.
[SupportsDeferredBinding]
#pragma warning restore AZFW0009
[SupportedTargetType(typeof(EventData[]))]
internal sealed class EventDataConverter : IInputConverter
{
    /// <summary>The name that the host's Event Hubs extension uses for its messages.</summary>
    private const string Source = "AzureEventHubsEventData";

    /// <inheritdoc/>
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) => new(context.Source switch
    {
        CollectionModelBindingData many when context.TargetType == typeof(EventData[]) => Convert(many),
        _ => ConversionResult.Unhandled(),
    });

    private static ConversionResult Convert(CollectionModelBindingData messages)
    {
        try
        {
            return ConversionResult.Success(Array.ConvertAll(messages.ModelBindingData, Message));
        }
        catch (Exception exception)
        {
            // Only the exception's type is passed on, because its message may quote the event's bytes.
            return ConversionResult.Failed(
                new InvalidDataException($"The host handed over a message that cannot be decoded: {exception.GetType().Name}."));
        }
    }

    private static EventData Message(ModelBindingData data) => data.Source == Source
        ? new EventData(AmqpAnnotatedMessage.FromBytes(data.Content))
        : throw new NotSupportedException();
}
