namespace Changeling.RecordedFiles.Compression;

/// <summary>How much compressed content may grow where it is not read as a stream: files of an archive, and copies on disk.</summary>
internal static class Inflation
{
    /// <summary>Maximum ratio of decompressed to compressed bytes. Event logs, with many zeros, have up to about 100.</summary>
    public const int MaxRatio = 200;

    /// <summary>The ratio is checked above this number of bytes.</summary>
    private const int Unchecked = 64 * 1024 * 1024;

    /// <summary>The number of bytes that so many compressed ones may become.</summary>
    public static decimal Most(long compressed) => Unchecked + (MaxRatio * (decimal)compressed);
}
