namespace Changeling.Storing;

/// <summary>Memory holds bodies as they are: only detections count, by the bytes that a transaction of the table service takes.</summary>
internal sealed class InMemoryCommitSizes : ICommitSizes
{
    public static InMemoryCommitSizes Instance { get; } = new();

    public long Max => CommitRules.MaxBytes;

    public long Detection => StoredDetection.MaxBytes * 4L / 3;

    public long Other => 0;

    public long Launch(string parent, string child) => 0;
}
