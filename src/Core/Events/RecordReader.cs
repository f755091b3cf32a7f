using System.Runtime.InteropServices;
using System.Text.Json;
using Changeling.Events.Peeling;

namespace Changeling.Events;

/// <summary>
/// Reads one record: unwraps a text that holds JSON, finds the format, and lets its reader read. Whatever goes wrong
/// stays in the record.
/// </summary>
/// <param name="find">The format table.</param>
/// <param name="maxDepth">Deepest nesting of a record.</param>
internal sealed class RecordReader(Func<JsonElement, FormatRow?> find, int maxDepth)
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

    /// <summary>Reads a record of a message of which some part is too deep.</summary>
    public RecordOutcome ReadIfShallow(JsonElement record) =>
        JsonDepth.Exceeds(JsonMarshal.GetRawUtf8Value(record), maxDepth)
            ? DeadRecord.Of(record, DeadLetterReasons.TooDeep, "the record")
            : Read(record);

    private RecordOutcome ReadInner(JsonElement text)
    {
        var json = JsonText.Inside(text);
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

        return find(record)?.Reader.Read(record)
            ?? DeadRecord.Of(record, DeadLetterReasons.UnknownFormat, "no format has these properties");
    }
}
