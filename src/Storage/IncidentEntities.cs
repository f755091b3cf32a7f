using System.Buffers;
using System.Text.Json;
using Azure.Data.Tables;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>Converts the rows of incidents to table entities and back.</summary>
internal static class IncidentEntities
{
    /// <summary>
    /// The state row. Its name and its time are those of a watermark, because the sweep takes them for the clock of the table partition.
    /// </summary>
    public static TableEntity Of(string partitionKey, IncidentState state)
    {
        var entity = new TableEntity(partitionKey, TableKeys.Watermark)
        {
            ["SchemaVersion"] = Watermark.SchemaVersion,
            ["HighestEnqueuedTime"] = state.Clock,
            ["Messages"] = state.Messages,
        };
        if (state.Clusters is { } window) entity["Clusters"] = window.Number;
        BodyParts.Write(entity, Written(state.Partitions));
        return entity;
    }

    public static IncidentState State(TableEntity entity) => new(
        Partitions(BodyParts.Read(entity)),
        entity.GetInt32("Clusters") is { } window ? new ClockWindow(window) : null,
        LineageEntities.Watermark(entity).HighestEnqueuedTime,
        entity.GetInt64("Messages") ?? 0);

    /// <summary>The time is the age by which the row is swept: an incident that grows is written again.</summary>
    public static TableEntity Of(string partitionKey, IncidentRow row, DateTimeOffset clock)
    {
        var entity = new TableEntity(partitionKey, IncidentKeys.Row(row.Kind, row.Name)) { ["EnqueuedTime"] = clock };
        BodyParts.Write(entity, row.Body);
        return entity;
    }

    public static IncidentRow Row(TableEntity entity)
    {
        var (kind, name) = IncidentKeys.RowOf(entity.RowKey);
        return new IncidentRow(kind, name, BodyParts.Read(entity));
    }

    public static TableEntity Unsent(string partitionKey, IncidentMessage message) =>
        Of(partitionKey, IncidentKeys.Unsent(message.Number), message);

    public static TableEntity Sent(string partitionKey, IncidentMessage message) =>
        Of(partitionKey, IncidentKeys.Sent(message.Number), message);

    public static IncidentMessage Message(TableEntity entity) => new(
        IncidentKeys.NumberOf(entity.RowKey), entity.GetDateTimeOffset("EnqueuedTime") ?? default, BodyParts.Read(entity));

    private static TableEntity Of(string partitionKey, string rowKey, IncidentMessage message) => new(partitionKey, rowKey)
    {
        ["EnqueuedTime"] = message.Time,
        ["Body"] = BinaryData.FromBytes(message.Body),
    };

    /// <summary>
    /// Name → ticks of its beginning and the number of signals taken of the next row, then epoch, sequence number and record index of the
    /// last row, if any was read. About 70 bytes for each event partition.
    /// </summary>
    private static ReadOnlyMemory<byte> Written(IReadOnlyDictionary<string, SignalsRead> partitions)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        foreach (var (partition, (last, taken, since)) in partitions.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            json.WriteStartArray(partition);
            json.WriteNumberValue(since.UtcTicks);
            json.WriteNumberValue(taken);
            if (last is { } position)
            {
                json.WriteNumberValue(position.Epoch);
                json.WriteNumberValue(position.SequenceNumber);
                json.WriteNumberValue(position.RecordIndex);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static Dictionary<string, SignalsRead> Partitions(ReadOnlyMemory<byte> utf8)
    {
        using var json = JsonDocument.Parse(utf8);
        return json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => Read(p.Value), StringComparer.Ordinal);
    }

    private static SignalsRead Read(JsonElement numbers) => new(
        numbers.GetArrayLength() > 2 ? new Position(numbers[2].GetInt32(), numbers[3].GetInt64(), numbers[4].GetInt32()) : null,
        numbers[1].GetInt32(),
        new DateTimeOffset(numbers[0].GetInt64(), TimeSpan.Zero));
}
