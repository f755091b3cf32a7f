using Changeling.Counts;
using Changeling.Rarity;

namespace Changeling.Evaluation.Rankings;

/// <summary>A way to say how surprising a launch is; only the order of what it says counts.</summary>
internal interface IRarityMeasure
{
    /// <summary>As it stands in tables.</summary>
    string Name { get; }

    /// <summary>How surprising a launch is by the counts before it; higher is rarer.</summary>
    double Surprise(Look look);
}

/// <summary>What a measure may look at.</summary>
/// <param name="History">The parent's launches before this one.</param>
/// <param name="ParentClass">The parent's class.</param>
/// <param name="Child">Folded name of the child.</param>
internal readonly record struct Look(ParentHistory History, ParentClass ParentClass, string Child)
{
    /// <summary>Launches of the child by the parent, decayed.</summary>
    public double ChildCount => History.Find(Child)?.Count.Launches ?? 0;
}
