using Azure.Core.Amqp;
using Azure.Messaging.EventHubs;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Changeling.Functions.EventHubs;

/// <summary>
/// Makes the official client's messages of what the host hands over: one whole AMQP message each, with its sequence number and times.
/// </summary>
#pragma warning disable AZFW0009 // The analyzer is older than the rule: metadata is generated from this attribute on the converter.
[SupportsDeferredBinding]
#pragma warning restore AZFW0009
[SupportedTargetType(typeof(EventData[]))]
internal sealed class EventDataConverter : IInputConverter
{
    /// <summary>How the host's Event Hubs extension names its messages.</summary>
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
            // The type only: the decoder's message may quote the message's bytes.
            return ConversionResult.Failed(
                new InvalidDataException($"The host handed over a message that cannot be decoded: {exception.GetType().Name}."));
        }
    }

    private static EventData Message(ModelBindingData data) => data.Source == Source
        ? new EventData(AmqpAnnotatedMessage.FromBytes(data.Content))
        : throw new NotSupportedException();
}
