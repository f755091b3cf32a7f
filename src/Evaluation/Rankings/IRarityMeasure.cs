using Changeling.Counts;
using Changeling.Rarity;

namespace Changeling.Evaluation.Rankings;

/// <summary>A measure for how surprising a launch is. Only the order of its values is used.</summary>
internal interface IRarityMeasure
{
    /// <summary>The name in tables.</summary>
    string Name { get; }

    /// <summary>How surprising a launch is by the counts before it; higher is rarer.</summary>
    double Surprise(Look look);
}

/// <summary>The input of a measure.</summary>
/// <param name="History">The parent's launches before this one.</param>
/// <param name="ParentClass">The parent's class.</param>
/// <param name="Child">Folded name of the child.</param>
internal readonly record struct Look(ParentHistory History, ParentClass ParentClass, string Child)
{
    /// <summary>Launches of the child by the parent, decayed.</summary>
    public double ChildCount => History.Find(Child)?.Count.Launches ?? 0;
}
