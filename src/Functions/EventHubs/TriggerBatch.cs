using System.Text.Json;
using Azure.Messaging.EventHubs;
using Changeling.Events;
using Changeling.Hosting.Invocations;
using Microsoft.Azure.Functions.Worker;

namespace Changeling.Functions.EventHubs;

/// <summary>
/// Converts the batch of an invocation into the domain's type. Missing values are never guessed, because counts depend on them.
/// </summary>
internal static class TriggerBatch
{
    private const string PartitionKey = "PartitionContext";

    /// <summary>Reads messages and partition.</summary>
    /// <exception cref="InvocationFailedException">The partition, a sequence number or an enqueued time is missing.</exception>
    public static EventBatch Read(EventData[] messages, FunctionContext context) =>
        new(Partition(context.BindingContext.BindingData), Array.ConvertAll(messages, Message));

    private static TelemetryMessage Message(EventData message)
    {
        if (message.SequenceNumber == long.MinValue)
            throw new InvocationFailedException("The host handed over a message without a sequence number.");
        if (message.EnqueuedTime == default)
            throw new InvocationFailedException("The host handed over a message without an enqueued time.");
        return new TelemetryMessage(message.SequenceNumber, message.EnqueuedTime, message.EventBody.ToMemory());
    }

    private static EventPartition Partition(IReadOnlyDictionary<string, object?> data)
    {
        try
        {
            using var json = JsonDocument.Parse(data.GetValueOrDefault(PartitionKey) as string ?? "{}");
            return new EventPartition(Text(json.RootElement, "EventHubName"), Text(json.RootElement, "PartitionId"));
        }
        catch (JsonException)
        {
            throw Missing(PartitionKey);
        }
    }

    private static string Text(JsonElement context, string name) =>
        context.ValueKind == JsonValueKind.Object
            && context.TryGetProperty(name, out var value)
            && value.GetString() is { Length: > 0 } text
            ? text
            : throw Missing(name);

    private static InvocationFailedException Missing(string name) =>
        new($"The host's trigger metadata has no {name}: the event partition is unknown.");
}
