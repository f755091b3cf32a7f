using System.Text.Json;
using Changeling.Events.Peeling;

namespace Changeling.Events;

/// <summary>
/// Reads one record: unwraps a text that holds JSON or XML, finds the format, and lets its reader read. Whatever goes wrong
/// stays in the record.
/// </summary>
/// <param name="find">The format table.</param>
/// <param name="xml">What reads the JSON that is made of event XML.</param>
/// <param name="maxDepth">Deepest nesting of a record.</param>
internal sealed class RecordReader(Func<JsonElement, FormatRow?> find, IRecordReader xml, int maxDepth)
{
    public RecordOutcome Read(JsonElement record)
    {
        try
        {
            return record.ValueKind == JsonValueKind.String ? ReadInner(record) : ReadObject(record);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return DeadRecord.Of(record, DeadLetterReasons.InternalError, fault.GetType().Name);
        }
    }

    /// <summary>Reads one <c>Event</c> element.</summary>
    public RecordOutcome ReadXml(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var made = EventXml.TryParse(text);
            var outcome = made is null
                ? new RecordOutcome.Unreadable(DeadLetterReasons.NotXml, "the event", DeadBody.None)
                : xml.Read(made.RootElement);
            return outcome is RecordOutcome.Unreadable unreadable
                ? unreadable with { Body = DeadBody.Of(text.Span), Format = SourceFormats.WinEventXml }
                : outcome;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new RecordOutcome.Unreadable(
                DeadLetterReasons.InternalError, fault.GetType().Name, DeadBody.Of(text.Span))
            { Format = SourceFormats.WinEventXml };
        }
    }

    private RecordOutcome ReadInner(JsonElement text)
    {
        var json = JsonText.Inside(text);
        if (XmlEvents.IsXml(json.Span.TrimStart(" \t\r\n"u8))) return ReadXml(json);
        using var inner = JsonText.TryParse(json, maxDepth);
        return inner is null
            ? DeadRecord.Of(text, JsonText.Fault(json, maxDepth), "the JSON inside the record's text")
            : ReadObject(inner.RootElement);
    }

    private RecordOutcome ReadObject(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            return DeadRecord.Of(record, DeadLetterReasons.UnknownFormat, "the record is no object");
        }

        if (find(record) is not { } row) return DeadRecord.Of(record, DeadLetterReasons.UnknownFormat, "no format has these properties");
        var outcome = row.Reader.Read(record);
        return outcome is RecordOutcome.Unreadable unreadable ? unreadable with { Format = row.Format } : outcome;
    }
}
