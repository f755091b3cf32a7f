using Changeling.Catalogues;

namespace Changeling.Findings;

/// <summary>The format of detections. It is chosen when the detection is decided; a committed detection keeps its bytes.</summary>
public enum DetectionFormat
{
    /// <summary>
    /// OCSF 1.8.0 Detection Finding and Incident Finding: the contract, <c>docs/schemas/detection-2.schema.json</c> and
    /// <c>incident-1.schema.json</c>.
    /// </summary>
    Ocsf,

    /// <summary>An Elastic Common Schema document, a rendering of the same detection.</summary>
    Ecs,
}

/// <summary>The writer of each format.</summary>
internal static class DetectionFormats
{
    /// <summary>A detection in the form that is stored in the outbox.</summary>
    /// <param name="format">The output format.</param>
    /// <param name="detection">What was found.</param>
    /// <param name="attack">Names of tactics and techniques.</param>
    public static byte[] Write(this DetectionFormat format, Detection detection, AttackNames attack) => format switch
    {
        DetectionFormat.Ecs => new EcsWriter(attack, ProductVersion.Text).Write(detection),
        _ => new FindingWriter(attack, ProductVersion.Text).Write(detection),
    };
}
