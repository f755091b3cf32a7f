using System.IO.Compression;

namespace Changeling.Backtest.Recordings;

/// <summary>
/// Decompresses a gzip file. The framework accepts a truncated stream as complete, so a second stream with a mark is appended to the file.
/// The mark is not returned after a truncated stream.
/// </summary>
public static class GzipFile
{
    private static readonly byte[] EndMarkStream = Compress(EndMark);

    /// <summary>The mark after a complete file.</summary>
    public static ReadOnlySpan<byte> EndMark => "the end of the file"u8;

    /// <summary>Whether content begins as gzip does.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <summary>Decompresses a file that is in memory.</summary>
    /// <exception cref="InvalidDataException">The file is not gzip, is damaged, or is truncated.</exception>
    public static ReadOnlyMemory<byte> Inflate(ReadOnlyMemory<byte> file)
    {
        if (!IsGzip(file.Span)) throw new InvalidDataException("its name ends in .gz, but its content is not gzip");
        using var source = new MemoryStream([.. file.Span, .. EndMarkStream], writable: false);
        using var stream = new GZipStream(source, CompressionMode.Decompress);
        using var target = new MemoryStream();
        try
        {
            stream.CopyTo(target);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException("its gzip stream is damaged or ends too early", exception);
        }

        var bytes = target.GetBuffer().AsMemory(0, (int)target.Length);
        return bytes.Span.EndsWith(EndMark) ? bytes[..^EndMark.Length] : throw new InvalidDataException("its gzip stream ends too early");
    }

    /// <summary>
    /// A stream that decompresses while it is read. It ends with <see cref="EndMark"/>, unless the file is truncated.
    /// </summary>
    public static Stream Inflating(Stream file) =>
        new GZipStream(new ChainedStream(file, new MemoryStream(EndMarkStream, writable: false)), CompressionMode.Decompress);

    private static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        using var target = new MemoryStream();
        using (var stream = new GZipStream(target, CompressionLevel.Optimal)) stream.Write(bytes);
        return target.ToArray();
    }
}
