using System.IO.Compression;

namespace Changeling.Events.Peeling;

/// <summary>
/// Decompresses bodies that the sender has compressed itself. The size is limited, because a small body can contain gigabytes.
/// </summary>
internal static class Gzip
{
    /// <summary>Below this number of decompressed bytes, the ratio is not checked.</summary>
    private const int RatioMattersAbove = 1024 * 1024;

    private const int ChunkBytes = 64 * 1024;

    private static ReadOnlySpan<byte> EndMark => "the end of the body"u8;

    /// <summary>
    /// A second gzip stream that is appended to every body, which the format allows. The framework accepts a truncated stream as complete,
    /// but it does not return this mark after one.
    /// </summary>
    private static readonly byte[] EndMarkMember = Compress(EndMark);

    public static bool IsGzip(ReadOnlySpan<byte> body) => body.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <summary>Decompresses the body, or returns a reason out of <see cref="DeadLetterReasons"/>.</summary>
    /// <param name="body">A body that begins like gzip.</param>
    /// <param name="limits">Maximum sizes.</param>
    /// <param name="inflated">The decompressed bytes when the result is <see langword="null"/>.</param>
    public static string? Inflate(ReadOnlyMemory<byte> body, MessageLimits limits, out ReadOnlyMemory<byte> inflated)
    {
        inflated = default;
        var byRatio = Math.Max(RatioMattersAbove, (long)body.Length * limits.MaxInflationRatio);
        var most = Math.Min(limits.MaxInflatedBytes, byRatio) + EndMark.Length;
        using var source = new MemoryStream([.. body.Span, .. EndMarkMember], writable: false);
        using var stream = new GZipStream(source, CompressionMode.Decompress);
        using var target = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        try
        {
            while (stream.Read(chunk) is var count and > 0)
            {
                if (target.Length + count > most) return DeadLetterReasons.InflatedTooLarge;
                target.Write(chunk, 0, count);
            }
        }
        catch (InvalidDataException)
        {
            return DeadLetterReasons.BadGzip;
        }

        var bytes = target.GetBuffer().AsMemory(0, (int)target.Length);
        if (!bytes.Span.EndsWith(EndMark)) return DeadLetterReasons.BadGzip;
        inflated = bytes[..^EndMark.Length];
        return null;
    }

    private static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        using var target = new MemoryStream();
        using (var stream = new GZipStream(target, CompressionLevel.Optimal)) stream.Write(bytes);
        return target.ToArray();
    }
}
