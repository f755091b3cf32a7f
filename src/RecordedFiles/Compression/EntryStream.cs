namespace Changeling.RecordedFiles.Compression;

/// <summary>
/// Reads a file of a zip archive. The framework returns no more than the length that the archive states, and does not check the content, so
/// the checksum shows whether this was all.
/// </summary>
/// <param name="inflating">The content.</param>
/// <param name="length">The length that the archive states.</param>
/// <param name="checksum">The checksum that the archive states.</param>
internal sealed class EntryStream(Stream inflating, long length, uint checksum) : Stream
{
    private Crc32 _checksum = new();
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inflating.Read(buffer);
        _read += read;
        _checksum.Add(buffer[..read]);
        return read > 0 || buffer.IsEmpty || (_read == length && _checksum.Sum == checksum)
            ? read
            : throw new InvalidDataException("its content is not the one that its zip archive states");
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inflating.Dispose();
        base.Dispose(disposing);
    }
}
