using System.Globalization;
using System.Text.Json;
using Azure.Messaging.EventHubs;
using Changeling.HostStandIn.Contract;
using Google.Protobuf.Collections;

namespace Changeling.HostStandIn.Invoking;

/// <summary>The trigger metadata of a batch, as the Event Hubs extension gives it: partition and parallel arrays.</summary>
internal static class EventsMetadata
{
    public static void Fill(MapField<string, TypedData> metadata, EventsInput input)
    {
        metadata["PartitionContext"] = metadata["TriggerPartitionContext"] = HostJsonText.Object(json => WritePartition(json, input));
        metadata["PartitionKeyArray"] = Texts(input.Events.Select(e => e.PartitionKey ?? ""));
        metadata["OffsetArray"] = metadata["OffsetStringArray"] = Texts(input.Events.Select(e => e.OffsetString));
        metadata["SequenceNumberArray"] = new TypedData
        {
            CollectionSint64 = new CollectionSInt64 { Sint64 = { input.Events.Select(e => e.SequenceNumber) } },
        };
        metadata["EnqueuedTimeUtcArray"] = HostJsonText.Array(input.Events, static (json, one) => json.WriteStringValue(Time(one)));
        metadata["PropertiesArray"] = HostJsonText.Array(input.Events, WriteProperties);
        metadata["SystemPropertiesArray"] = HostJsonText.Array(input.Events, WriteSystemProperties);
    }

    private static TypedData Texts(IEnumerable<string> texts) => new() { CollectionString = new CollectionString { String = { texts } } };

    private static void WritePartition(Utf8JsonWriter json, EventsInput input)
    {
        json.WriteBoolean("IsCheckpointingAfterInvocation", true);
        json.WriteString("FullyQualifiedNamespace", input.Hub.Namespace);
        json.WriteString("EventHubName", input.Batch.Partition.Hub);
        json.WriteString("ConsumerGroup", input.Hub.ConsumerGroup);
        json.WriteString("PartitionId", input.Batch.Partition.Id);
    }

    private static void WriteProperties(Utf8JsonWriter json, EventData one)
    {
        json.WriteStartObject();
        foreach (var (name, value) in one.Properties)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value);
        }

        json.WriteEndObject();
    }

    private static void WriteSystemProperties(Utf8JsonWriter json, EventData one)
    {
        json.WriteStartObject();
        json.WriteNumber("SequenceNumber", one.SequenceNumber);
        if (long.TryParse(one.OffsetString, CultureInfo.InvariantCulture, out var offset)) json.WriteNumber("Offset", offset);
        json.WriteString("OffsetString", one.OffsetString);
        json.WriteString("PartitionKey", one.PartitionKey);
        json.WriteString("EnqueuedTimeUtc", Time(one));
        json.WriteEndObject();
    }

    /// <summary>UTC without <c>Z</c>: the host writes a time of no kind.</summary>
    private static string Time(EventData one) =>
        one.EnqueuedTime.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
