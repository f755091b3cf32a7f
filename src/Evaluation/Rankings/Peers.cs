namespace Changeling.Evaluation.Rankings;

/// <summary>The simplest measure: whether the parent ever started the child.</summary>
internal sealed class FirstSeen : IRarityMeasure
{
    public string Name => "first seen";

    public double Surprise(Look look) => look.ChildCount > 0 ? 0 : 1;
}

/// <summary>1 − n/N of the parent: every child of an unknown parent is rare.</summary>
internal sealed class ShareOfParent : IRarityMeasure
{
    public string Name => "1 − n/N";

    public double Surprise(Look look) => look.History.Counts.Launches is > 0 and var launches ? 1 - (look.ChildCount / launches) : 1;
}
