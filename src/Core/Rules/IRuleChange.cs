namespace Changeling.Rules;

/// <summary>What a file of container <c>rules</c> holds: a rule, or <see cref="DecisionThresholds"/>.</summary>
public interface IRuleChange
{
    /// <summary>What it changes or adds.</summary>
    string Id { get; }
}
