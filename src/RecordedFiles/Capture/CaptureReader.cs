using System.Globalization;
using Avro;
using Avro.File;
using Avro.Generic;

namespace Changeling.RecordedFiles.Capture;

/// <summary>
/// Reads a file of Event Hubs Capture: Avro records with the body, sequence number and enqueued time of each message. A block that is
/// damaged is counted, and reading continues behind it.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/event-hubs/event-hubs-capture-overview</remarks>
/// <param name="file">The file; it can seek.</param>
/// <param name="partition">The event partition's id.</param>
internal sealed class CaptureReader(Stream file, string partition)
{
    /// <summary>Whether content begins as Avro does.</summary>
    public static bool IsAvro(ReadOnlySpan<byte> head) => head.StartsWith("Obj\u0001"u8);

    /// <summary>The messages in order.</summary>
    /// <exception cref="InvalidDataException">It is not a file of Capture.</exception>
    public IEnumerable<RecordedMessage> Messages()
    {
        using var records = Open();
        var number = 0;
        while (true)
        {
            RecordedMessage message;
            try
            {
                if (!records.HasNext()) yield break;
                message = Message(records.Next(), ++number);
            }
            catch (Exception exception) when (IsDamage(exception))
            {
                message = RecordedMessage.Unreadable(++number, $"an Avro block is damaged: {exception.Message}");
                if (!TrySkip(records)) number = -number;
            }

            yield return message;
            if (number < 0) yield break;
        }
    }

    private IFileReader<GenericRecord> Open()
    {
        try
        {
            var records = DataFileReader<GenericRecord>.OpenReader(file, leaveOpen: true);
            return records.GetSchema() is RecordSchema schema
                && schema.TryGetField("Body", out _)
                && schema.TryGetField("SequenceNumber", out _)
                ? records
                : throw new InvalidDataException("its Avro records are not messages of a hub; pass files of Event Hubs Capture");
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw new InvalidDataException("its Avro header is damaged", exception);
        }
    }

    private RecordedMessage Message(GenericRecord record, int number)
    {
        var body = record.TryGetValue("Body", out var bytes) ? bytes as byte[] : null;
        if (!record.TryGetValue("SequenceNumber", out var sequence) || sequence is not long sequenceNumber
            || !record.TryGetValue("EnqueuedTimeUtc", out var time) || Time(time as string) is not { } enqueued)
        {
            return RecordedMessage.Unreadable(number, "a message has no sequence number or enqueued time");
        }

        return new RecordedMessage(number, body ?? []) { Captured = new CapturedPlace(partition, sequenceNumber, enqueued) };
    }

    /// <summary>Capture writes times as the US does, without a zone.</summary>
    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    /// <summary>Moves behind the next mark between blocks.</summary>
    private bool TrySkip(IFileReader<GenericRecord> records)
    {
        try
        {
            var before = file.Position;
            records.Sync(before);
            return file.Position > before;
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            return false;
        }
    }

    /// <summary>The library believes the lengths in a block, so a damaged one can end in any of these.</summary>
    private static bool IsDamage(Exception exception) => exception is AvroException or EndOfStreamException or OverflowException
        or ArgumentException or IndexOutOfRangeException or System.Runtime.Serialization.SerializationException or InvalidCastException
        or FormatException or NullReferenceException or Newtonsoft.Json.JsonException or OutOfMemoryException;
}
