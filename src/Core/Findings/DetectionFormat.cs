namespace Changeling.Findings;

/// <summary>In which words a detection is written. Chosen when it is decided: what is committed keeps its bytes.</summary>
public enum DetectionFormat
{
    /// <summary>OCSF 1.8.0 Detection Finding: the contract, <c>docs/schemas/detection-1.schema.json</c>.</summary>
    Ocsf,

    /// <summary>An Elastic Common Schema document, a rendering of the same detection.</summary>
    Ecs,
}
