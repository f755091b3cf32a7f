using System.Text;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.Functions.Wire;

/// <summary>What the pipeline needs of the trigger's metadata. Arrays come as JSON inside a JSON string and are parsed twice.</summary>
internal sealed class InvocationMetadata
{
    private EventPartition? _partition;
    private EventPartition? _olderName;

    public EventPartition? Partition => _partition ?? _olderName;

    public List<long>? SequenceNumbers { get; private set; }

    public List<DateTimeOffset>? EnqueuedTimes { get; private set; }

    public int RetryCount { get; private set; }

    public void Read(ref Utf8JsonReader reader)
    {
        reader.ReadStartOf(JsonTokenType.StartObject, "Metadata");
        while (reader.ReadProperty(out var name))
        {
            switch (name)
            {
                case "TriggerPartitionContext":
                    _partition = ReadPartition(ref reader);
                    break;
                case "PartitionContext":
                    _olderName = ReadPartition(ref reader);
                    break;
                case "SequenceNumberArray":
                    SequenceNumbers = ReadArray(ref reader, name, static (ref Utf8JsonReader item) => item.GetInt64());
                    break;
                case "EnqueuedTimeUtcArray":
                    EnqueuedTimes = ReadArray(ref reader, name, static (ref Utf8JsonReader item) => Utc(item.GetDateTime()));
                    break;
                case "RetryContext":
                    ReadRetryContext(ref reader);
                    break;
                default:
                    reader.SkipValue();
                    break;
            }
        }
    }

    private static EventPartition? ReadPartition(ref Utf8JsonReader reader)
    {
        string? hub = null, id = null;
        if (!EnterObject(ref reader)) return null;

        while (reader.ReadProperty(out var name))
        {
            if (name is not ("EventHubName" or "PartitionId"))
            {
                reader.SkipValue();
                continue;
            }

            reader.ReadStartOf(JsonTokenType.String, $"Metadata.TriggerPartitionContext.{name}");
            if (name == "PartitionId") id = reader.GetString();
            else hub = reader.GetString();
        }

        return string.IsNullOrEmpty(hub) || string.IsNullOrEmpty(id) ? null : new EventPartition(hub, id);
    }

    /// <summary>Only the count: the exception of the attempt before, some 10 KB of any shape, is passed over.</summary>
    private void ReadRetryContext(ref Utf8JsonReader reader)
    {
        if (!EnterObject(ref reader)) return;

        while (reader.ReadProperty(out var name))
        {
            reader.Read();
            if (name == "RetryCount" && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var count)) RetryCount = count;
            else reader.Skip();
        }
    }

    private static bool EnterObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject) return true;
        reader.Skip();
        return false;
    }

    private static List<T> ReadArray<T>(ref Utf8JsonReader reader, string name, ItemReader<T> read)
    {
        reader.ReadStartOf(JsonTokenType.String, $"Metadata.{name}");
        try
        {
            var items = new List<T>();
            var inner = new Utf8JsonReader(Encoding.UTF8.GetBytes(reader.GetString()!));
            if (!inner.Read() || inner.TokenType != JsonTokenType.StartArray) throw Damaged(name);
            while (inner.Read() && inner.TokenType != JsonTokenType.EndArray) items.Add(read(ref inner));
            return items;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw Damaged(name, exception);
        }
    }

    /// <summary>The host's times are UTC and do not say so.</summary>
    private static DateTimeOffset Utc(DateTime time) =>
        time.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(time, TimeSpan.Zero) : new DateTimeOffset(time.ToUniversalTime());

    private static BadInvocationException Damaged(string name, Exception? cause = null) =>
        new($"Metadata.{name} is damaged: not a JSON array of its kind inside a string.", cause!);

    private delegate T ItemReader<out T>(ref Utf8JsonReader item);
}
