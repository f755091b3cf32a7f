namespace Changeling.Counts;

/// <summary>What launches are summed by, for the rules that look at many launches together.</summary>
public enum ClusterKind
{
    /// <summary>By folded name of the parent.</summary>
    Parent,

    /// <summary>By endpoint.</summary>
    Host,

    /// <summary>By account; the accounts of Windows itself are not summed.</summary>
    User,
}
