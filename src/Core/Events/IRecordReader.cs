using Changeling.Events.Json;

namespace Changeling.Events;

/// <summary>Reads the records of one format. Pure: no clock, no state, safe to call from many threads.</summary>
internal interface IRecordReader
{
    /// <summary>Reads one record that the format table has assigned to this reader.</summary>
    /// <param name="record">A JSON object, valid only during the call.</param>
    /// <returns>The event, or that the record is something else, or why it cannot be read. Hostile input never throws.</returns>
    RecordOutcome Read(JsonValue record);
}
