using Changeling.Findings;

namespace Changeling.Deciding;

/// <summary>What of the pipeline's settings a decision depends on.</summary>
/// <param name="EmitAfter">How long, in partition clock, a fresh partition learns.</param>
/// <param name="HalfLifeDays">Days in which counts halve; 0 is never.</param>
/// <param name="Format">In which format findings are written.</param>
/// <param name="KeepsJudged">Whether each decision's evidence is kept, for those who measure.</param>
internal sealed record DecisionSettings(TimeSpan EmitAfter, int HalfLifeDays, DetectionFormat Format, bool KeepsJudged);
