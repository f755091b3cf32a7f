using System.Buffers;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.Functions.Wire;

/// <summary>
/// Reads the host's envelope: <c>{"Data":{"telemetry":"[\"base64\",…]"},"Metadata":{…}}</c>. Keys that are not ours are
/// skipped, not parsed: the host adds some with every version.
/// </summary>
internal static class InvocationReader
{
    /// <summary>The trigger binding's name in <c>function.json</c>.</summary>
    private const string Binding = "telemetry";

    /// <summary>Serialised exceptions inside <c>RetryContext</c> nest deeply.</summary>
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 512 };

    /// <summary>Unwraps a whole request body.</summary>
    /// <exception cref="BadInvocationException">The body is no JSON, or something that a batch needs is missing or damaged.</exception>
    public static InvocationRequest Read(ReadOnlySequence<byte> body)
    {
        PooledBuffer? bodies = null;
        try
        {
            var metadata = new InvocationMetadata();
            ReadEnvelope(body, ref bodies, metadata);
            if (bodies is null) throw new BadInvocationException($"Data.{Binding} is missing.");

            var places = TelemetryElements.DecodeInPlace(bodies.Memory.Span);
            return new InvocationRequest(ToBatch(bodies.Memory, places, metadata), metadata.RetryCount, bodies);
        }
        catch (Exception exception)
        {
            bodies?.Dispose();
            if (exception is JsonException) throw new BadInvocationException("The request is not the JSON that the Functions host sends.", exception);
            throw;
        }
    }

    private static void ReadEnvelope(ReadOnlySequence<byte> body, ref PooledBuffer? bodies, InvocationMetadata metadata)
    {
        var reader = new Utf8JsonReader(body, Deep);
        reader.ReadStartOf(JsonTokenType.StartObject, "The request body");
        while (reader.ReadProperty(out var name))
        {
            switch (name)
            {
                case "Data":
                    ReadData(ref reader, ref bodies);
                    break;
                case "Metadata":
                    metadata.Read(ref reader);
                    break;
                default:
                    reader.SkipValue();
                    break;
            }
        }
    }

    private static void ReadData(ref Utf8JsonReader reader, ref PooledBuffer? bodies)
    {
        reader.ReadStartOf(JsonTokenType.StartObject, "Data");
        while (reader.ReadProperty(out var name))
        {
            if (name != Binding)
            {
                reader.SkipValue();
                continue;
            }

            reader.ReadStartOf(JsonTokenType.String, $"Data.{Binding}");
            bodies?.Dispose();
            bodies = Unescape(ref reader);
        }
    }

    private static PooledBuffer Unescape(ref Utf8JsonReader reader)
    {
        var length = reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
        var text = new PooledBuffer(Math.Max(length, 1));
        try
        {
            text.Length = reader.HasValueSequence ? EscapedText.Unescape(reader.ValueSequence, text.Room) : reader.CopyString(text.Room);
            return text;
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    private static EventBatch ToBatch(ReadOnlyMemory<byte> bodies, List<Range> places, InvocationMetadata metadata)
    {
        var partition = metadata.Partition ?? throw Missing("TriggerPartitionContext with EventHubName and PartitionId");
        var numbers = metadata.SequenceNumbers ?? throw Missing("SequenceNumberArray");
        var times = metadata.EnqueuedTimes ?? throw Missing("EnqueuedTimeUtcArray");
        if (numbers.Count != places.Count || times.Count != places.Count)
        {
            throw new BadInvocationException(
                $"Metadata is damaged: {places.Count} events, {numbers.Count} in SequenceNumberArray, {times.Count} in EnqueuedTimeUtcArray.");
        }

        var messages = new TelemetryMessage[places.Count];
        for (var i = 0; i < messages.Length; i++) messages[i] = new TelemetryMessage(numbers[i], times[i], bodies[places[i]]);
        return new EventBatch(partition, messages);
    }

    private static BadInvocationException Missing(string key) => new($"Metadata.{key} is missing.");
}
