namespace Changeling.Storing;

/// <summary>The sizes of rows in a commit, in the store's own measure, so that a chunk is closed before it is too large.</summary>
public interface ICommitSizes
{
    /// <summary>Maximum size of one commit.</summary>
    long Max { get; }

    /// <summary>Size of a row of a detection or of signals, whose body has at most <see cref="StoredDetection.MaxBytes"/>.</summary>
    long Detection { get; }

    /// <summary>Size of the largest of all other rows but a launch: up to four names, each of maximum length.</summary>
    long Other { get; }

    /// <summary>Size of a launch's row.</summary>
    /// <param name="parent">Folded name of the parent.</param>
    /// <param name="child">Folded name of the child.</param>
    long Launch(string parent, string child);
}
