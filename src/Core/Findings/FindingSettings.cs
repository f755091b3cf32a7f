namespace Changeling.Findings;

/// <summary>The settings of the pipeline that findings depend on.</summary>
/// <param name="HalfLifeDays">Days in which counts halve; 0 is never.</param>
/// <param name="Format">In which format findings are written.</param>
internal sealed record FindingSettings(int HalfLifeDays, DetectionFormat Format);
