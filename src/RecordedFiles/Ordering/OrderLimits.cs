namespace Changeling.RecordedFiles.Ordering;

/// <summary>What putting messages in order may use.</summary>
public sealed record OrderLimits
{
    /// <summary>Number of bytes of messages that are sorted in memory.</summary>
    /// <value>32 MiB; at least 1.</value>
    public int Memory { get; init; } = 32 * 1024 * 1024;

    /// <summary>Number of runs that are merged to one.</summary>
    /// <value>64; at least 2.</value>
    public int MaxRuns { get; init; } = 64;

    /// <summary>Number of files that are open at the same time.</summary>
    /// <value>128; at least 1.</value>
    public int MaxOpenFiles { get; init; } = 128;
}
