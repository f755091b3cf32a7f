namespace Changeling.Events;

/// <summary>What one message may cost before it becomes a dead letter.</summary>
public sealed record MessageLimits
{
    /// <summary>Most bytes of an inflated gzip body.</summary>
    /// <value>16 MiB.</value>
    public int MaxInflatedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Largest ratio of inflated to compressed bytes; checked above 1 MiB, so small repetitive bodies pass.</summary>
    /// <value>200.</value>
    public int MaxInflationRatio { get; init; } = 200;

    /// <summary>Deepest nesting of JSON objects and arrays.</summary>
    /// <value>64.</value>
    public int MaxDepth { get; init; } = 64;
}
