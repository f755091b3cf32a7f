namespace Changeling.Storing;

/// <summary>The sizes of rows in a commit, in the store's own measure, so that a chunk is closed before it is too large.</summary>
public interface ICommitSizes
{
    /// <summary>Maximum size of one commit.</summary>
    long Max { get; }

    /// <summary>Size of a detection's row, whose body has at most <see cref="StoredDetection.MaxBytes"/>.</summary>
    long Detection { get; }

    /// <summary>Size of the largest row that is neither a launch nor a detection: up to four names, each of maximum length.</summary>
    long Other { get; }

    /// <summary>Size of a launch's row.</summary>
    /// <param name="parent">Folded name of the parent.</param>
    /// <param name="child">Folded name of the child.</param>
    long Launch(string parent, string child);
}
