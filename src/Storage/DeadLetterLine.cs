using System.Text.Json;
using System.Text.Unicode;
using Changeling.Events;

namespace Changeling.Storage;

/// <summary>One dead letter as one line of JSON. All characters outside plain ASCII are escaped.</summary>
internal static class DeadLetterLine
{
    /// <summary>A body of at most this number of bytes is also written as text for people.</summary>
    private const int MaxTextBytes = 4096;

    public static void Write(Stream stream, DeadLetter letter)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", letter.Position.Epoch);
            json.WriteNumber("sequence_number", letter.Position.SequenceNumber);
            json.WriteNumber("record", letter.Position.RecordIndex);
            json.WriteString("enqueued_time", letter.EnqueuedTime.UtcDateTime);
            json.WriteString("reason", letter.Reason);
            json.WriteString("detail", letter.Detail);
            var body = letter.Body.Bytes.Span;
            json.WriteBase64String("body", body);
            if (letter.Body.IsCut)
            {
                json.WriteNumber("body_bytes", letter.Body.Length);
                json.WriteString("body_sha256", letter.Body.Sha256);
            }

            if (body.Length <= MaxTextBytes && Utf8.IsValid(body)) json.WriteString("body_text", body);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }
}
