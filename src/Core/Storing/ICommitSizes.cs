namespace Changeling.Storing;

/// <summary>What rows take up of one commit, in a measure of the store's own, so that a chunk is closed before it is too large.</summary>
public interface ICommitSizes
{
    /// <summary>What one commit takes at most.</summary>
    long Max { get; }

    /// <summary>The row of a detection, whose body has at most <see cref="StoredDetection.MaxBytes"/>.</summary>
    long Detection { get; }

    /// <summary>The largest row of any other kind than launch and detection: up to four names, each within the limits of names.</summary>
    long Other { get; }

    /// <summary>The row of a launch.</summary>
    /// <param name="parent">Folded name of the parent.</param>
    /// <param name="child">Folded name of the child.</param>
    long Launch(string parent, string child);
}
