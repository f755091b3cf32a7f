using Changeling.Events;
using UUIDNext;

namespace Changeling.Findings;

/// <summary>
/// Deterministic ids of detections: UUIDv5 (RFC 9562) of what the finding is about. No clock, no rule, no model version.
/// </summary>
public static class DetectionId
{
    /// <summary>The namespace of the ids. It must never change.</summary>
    private static readonly Guid Namespace = new("cdde9c7d-0a61-544e-a641-7d22061462a1");

    /// <summary>The id of the finding on one launch, whichever rules fired.</summary>
    /// <param name="sourceIdentity">The source's own identity of the event.</param>
    public static Guid Of(string sourceIdentity) => Of("launch", sourceIdentity);

    /// <summary>The id of a finding of another kind.</summary>
    /// <param name="kind">What it is about, or the rule that made it.</param>
    /// <param name="identity">Which one it is about.</param>
    public static Guid Of(string kind, string identity) => Uuid.NewNameBased(Namespace, kind + "\n" + identity);

    /// <summary>
    /// The identity of an event whose format gives none: its position. A duplicate from the producer then gets another id.
    /// </summary>
    public static string Fallback(EventPartition partition, Position position) =>
        $"{partition.Hub}|{partition.Id}|{position.SequenceNumber}|{position.RecordIndex}";
}
