using Changeling.Events;
using UUIDNext;

namespace Changeling.Findings;

/// <summary>
/// Deterministic ids of detections: UUIDv5 (RFC 9562) of rule id, line feed, source identity. No clock, no rule or model version.
/// </summary>
public static class DetectionId
{
    /// <summary>The namespace of the ids. It must never change.</summary>
    private static readonly Guid Namespace = new("cdde9c7d-0a61-544e-a641-7d22061462a1");

    /// <summary>The id of one rule's detection on one event.</summary>
    public static Guid Of(string ruleId, string sourceIdentity) => Uuid.NewNameBased(Namespace, ruleId + "\n" + sourceIdentity);

    /// <summary>
    /// The identity of an event whose format gives none: its position. A duplicate from the producer then gets another id.
    /// </summary>
    public static string Fallback(EventPartition partition, Position position) =>
        $"{partition.Hub}|{partition.Id}|{position.SequenceNumber}|{position.RecordIndex}";
}
