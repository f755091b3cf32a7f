namespace Changeling.Findings;

/// <summary>The settings of the pipeline that findings depend on.</summary>
/// <param name="HalfLifeDays">Days in which counts halve; 0 is never.</param>
/// <param name="Format">In which format findings are written.</param>
/// <param name="Alerts">What is marked as an alert.</param>
internal sealed record FindingSettings(int HalfLifeDays, DetectionFormat Format, AlertKind Alerts);
