using System.Text.Json;
using Changeling.Events;

namespace Changeling.Findings;

/// <summary>Hub, partition and position of a detection's event, for people who investigate it. Consumers should not depend on it.</summary>
internal static class OriginJson
{
    public static void Write(Utf8JsonWriter json, string property, Detection detection)
    {
        var e = detection.Evidence.Event;
        json.WriteStartObject(property);
        json.WriteString("hub", detection.Partition.Hub);
        json.WriteString("partition", detection.Partition.Id);
        json.WriteNumber("epoch", detection.Position.Epoch);
        json.WriteNumber("sequence_number", detection.Position.SequenceNumber);
        json.WriteNumber("record_index", detection.Position.RecordIndex);
        json.WriteString("enqueued_time", detection.EnqueuedTime.UtcDateTime);
        json.WriteString("identity", e.SourceIdentity is null ? "position" : "source");
        if (e.Notes != EventNotes.None) json.WriteString("notes", EvidenceJson.Words(e.Notes));
        json.WriteEndObject();
    }
}
