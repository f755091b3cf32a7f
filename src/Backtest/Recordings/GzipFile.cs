using System.IO.Compression;

namespace Changeling.Backtest.Recordings;

/// <summary>
/// Inflates a gzip file. The framework takes a stream that was cut for one that has ended, so a stream of our own is put
/// behind the file: behind a cut it does not come out.
/// </summary>
public static class GzipFile
{
    private static readonly byte[] EndMarkStream = Compress(EndMark);

    /// <summary>What stands behind a whole file.</summary>
    public static ReadOnlySpan<byte> EndMark => "the end of the file"u8;

    /// <summary>Whether content begins as gzip does.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <summary>Inflates a file that is held whole.</summary>
    /// <exception cref="InvalidDataException">It is no gzip, is damaged, or was cut.</exception>
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
    /// A stream that inflates as it is read; whoever reads it to its end finds <see cref="EndMark"/> there, unless the file was cut.
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
