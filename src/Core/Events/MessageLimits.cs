namespace Changeling.Events;

/// <summary>What one message may cost before it becomes a dead letter.</summary>
public sealed record MessageLimits
{
    /// <summary>Maximum number of bytes of a body, after decompression if it is gzip.</summary>
    /// <value>16 MiB.</value>
    public int MaxInflatedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Maximum ratio of decompressed to compressed bytes; checked above 1 MiB, so small repetitive bodies pass.</summary>
    /// <value>200.</value>
    public int MaxInflationRatio { get; init; } = 200;

    /// <summary>Maximum nesting of JSON objects and arrays.</summary>
    /// <value>64.</value>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Maximum number of records of one message. With one more, the whole message is one dead letter.</summary>
    /// <value>20,000.</value>
    public int MaxRecords { get; init; } = 20_000;

    /// <summary>
    /// Maximum number of commas in one decompressed body, counted before it is parsed: parsing takes memory for every JSON value.
    /// </summary>
    /// <value>2,000,000, about 48 MiB while one message is read.</value>
    public int MaxCommas { get; init; } = 2_000_000;
}
