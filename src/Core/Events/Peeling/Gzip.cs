using System.IO.Compression;

namespace Changeling.Events.Peeling;

/// <summary>Inflates bodies that a sender has compressed itself, within bounds: a small body can hide gigabytes.</summary>
internal static class Gzip
{
    /// <summary>Below this many inflated bytes the ratio does not matter.</summary>
    private const int RatioMattersAbove = 1024 * 1024;

    private const int ChunkBytes = 64 * 1024;

    private static ReadOnlySpan<byte> EndMark => "the end of the body"u8;

    /// <summary>
    /// A gzip stream of its own which is put behind every body, since streams may follow each other. The framework takes a
    /// stream that was cut for one that has ended; but behind a cut the mark does not come out.
    /// </summary>
    private static readonly byte[] EndMarkMember = Compress(EndMark);

    public static bool IsGzip(ReadOnlySpan<byte> body) => body.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <summary>Inflates the body, or says why not in words of <see cref="DeadLetterReasons"/>.</summary>
    /// <param name="body">A body that begins like gzip.</param>
    /// <param name="limits">How much it may inflate to.</param>
    /// <param name="inflated">The inflated bytes when the result is <see langword="null"/>.</param>
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
