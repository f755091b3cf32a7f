using System.IO.Compression;

namespace Changeling.RecordedFiles.Compression;

/// <summary>
/// Decompresses a gzip file while it is read. The framework accepts a truncated stream as complete, so a second stream with a mark is
/// appended to the file. The mark is not returned after a truncated stream.
/// </summary>
internal sealed class GzipFile : Stream
{
    private static readonly byte[] EndMarkStream = Compress(EndMark);

    private readonly GZipStream _inflating;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isEnded;

    /// <param name="file">The file, from its beginning; it is not closed.</param>
    public GzipFile(Stream file) => _inflating = new GZipStream(
        new ChainedStream(file, new MemoryStream(EndMarkStream, writable: false)), CompressionMode.Decompress);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private static ReadOnlySpan<byte> EndMark => "the end of the file"u8;

    /// <summary>What may be returned: everything but the last bytes, which may be the mark.</summary>
    private int Available => Math.Max(0, _end - _start - EndMark.Length);

    /// <summary>Whether content begins as gzip does.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is damaged, or is truncated.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (Available == 0 && !_isEnded) Fill();
        var read = Math.Min(Available, buffer.Length);
        _buffer.AsSpan(_start, read).CopyTo(buffer);
        _start += read;
        return read;
    }

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _inflating.Dispose();
        base.Dispose(disposing);
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = Inflate(_buffer.AsSpan(_end));
        _end += read;
        if (read > 0) return;

        _isEnded = true;
        if (!_buffer.AsSpan(0, _end).EndsWith(EndMark)) throw new InvalidDataException("its gzip stream ends too early");
    }

    private int Inflate(Span<byte> target)
    {
        try
        {
            return _inflating.Read(target);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException("its gzip stream is damaged or ends too early", exception);
        }
    }

    private static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        using var target = new MemoryStream();
        using (var stream = new GZipStream(target, CompressionLevel.Optimal)) stream.Write(bytes);
        return target.ToArray();
    }
}
