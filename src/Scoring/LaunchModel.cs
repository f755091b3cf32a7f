using Changeling.Features;

namespace Changeling.Scoring;

/// <summary>
/// Two readings of a launch. The act is what the launch does: the program's name and its arguments. The whole also sees the context: the
/// parent, the user, the rights and the places.
/// </summary>
/// <param name="whole">Reads everything.</param>
/// <param name="act">Reads the features of the act (<see cref="FeatureSchema.OfAct"/>) and nothing else.</param>
/// <param name="balance">How their margins become one.</param>
internal sealed class LaunchModel(ModelPair whole, ModelPair act, ReadingBalance balance)
{
    private readonly LinearPair _linear = new(whole.Linear, act.Linear);

    /// <summary>The trees of both, which ask for the same features.</summary>
    private readonly Lazy<LeafMasks> _trees = new(() => new(TreeEnsemble.Join(whole.Trees, act.Trees)));

    public ModelPair Whole { get; } = whole;

    public ModelPair Act { get; } = act;

    public ReadingBalance Balance { get; } = balance;

    /// <summary>The margin, in log-odds before calibration.</summary>
    public double Margin(FeatureSpans features)
    {
        var (ofWhole, ofAct) = Margins(features);
        return Balance.Margin(ofWhole, ofAct);
    }

    /// <summary>The margins of the two readings.</summary>
    public (double Whole, double Act) Margins(FeatureSpans features)
    {
        var (ofWhole, ofAct) = _linear.Margins(features.ActGrams, features.ContextGrams);
        var trees = _trees.Value.Margins(features.Values, Whole.Trees.Roots.Length);
        return (trees.First + ofWhole, trees.Others + ofAct);
    }
}

/// <summary>
/// How the margins of the two readings become one. The context raises a margin without limit, and lowers it by at most a bound below
/// that of the act: an ordinary parent does not hide an act.
/// </summary>
/// <param name="WholeShare">The share of the whole in the mean of both, 0–1.</param>
/// <param name="MaxAcquittal">How far below the act's margin the result may be, in log-odds before calibration; at least 0.</param>
public readonly record struct ReadingBalance(double WholeShare, double MaxAcquittal)
{
    /// <summary>The margin of both.</summary>
    public double Margin(double whole, double act) => Math.Max(Mean(whole, act), act - MaxAcquittal);

    /// <summary>Whether the bound decides: then only the act explains the margin.</summary>
    public bool IsBound(double whole, double act) => act - MaxAcquittal > Mean(whole, act);

    private double Mean(double whole, double act) => (WholeShare * whole) + ((1 - WholeShare) * act);
}
