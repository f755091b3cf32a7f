using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.Functions.Wire;

/// <summary>
/// The answer to an invocation. Always a JSON object: an empty body would leave the invocation open for ever. Detections
/// are strings, because the host rewrites objects.
/// </summary>
internal static class InvocationReply
{
    /// <summary>Writes the answer for a batch.</summary>
    public static ReadOnlyMemory<byte> Write(EventBatch batch, BatchOutcome outcome) => Write(outcome.Detections, Summary(batch, outcome));

    /// <summary>Writes an answer with detections and a line to log.</summary>
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<ReadOnlyMemory<byte>> detections, string line)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("Outputs");
            json.WriteStartArray("detections");
            foreach (var detection in detections) json.WriteStringValue(detection.Span);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartArray("Logs");
            json.WriteStringValue(line);
            json.WriteEndArray();
            json.WriteNull("ReturnValue");
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Writes the answer of a function that has no output but a line to log.</summary>
    public static ReadOnlyMemory<byte> WriteLog(string line)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("Outputs");
            json.WriteEndObject();
            json.WriteStartArray("Logs");
            json.WriteStringValue(line);
            json.WriteEndArray();
            json.WriteNull("ReturnValue");
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The one line that the host links to the invocation: counts only, never event content.</summary>
    private static string Summary(EventBatch batch, BatchOutcome outcome) =>
        $"partition {batch.Partition.Id}: {Count(batch.Messages.Count, "event")}, " +
        $"{Count(outcome.Detections.Count, "detection")}, {Count(outcome.DeadLetters.Values.Sum(), "dead letter")}";

    private static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
