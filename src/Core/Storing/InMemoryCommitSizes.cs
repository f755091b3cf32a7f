namespace Changeling.Storing;

/// <summary>Only the bodies of detections are counted, against the maximum number of bytes in a transaction of the table service.</summary>
internal sealed class InMemoryCommitSizes : ICommitSizes
{
    public static InMemoryCommitSizes Instance { get; } = new();

    public long Max => CommitRules.MaxBytes;

    public long Detection => StoredDetection.MaxBytes * 4L / 3;

    public long Other => 0;

    public long Launch(string parent, string child) => 0;
}
