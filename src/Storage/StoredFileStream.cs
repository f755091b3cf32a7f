namespace Changeling.Storage;

/// <summary>A blob as a stream: a failure of the store is an error of reading, as for a file on disk.</summary>
/// <param name="blob">The client's stream.</param>
internal sealed class StoredFileStream(Stream blob) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => blob.Length;

    public override long Position
    {
        get => blob.Position;
        set => blob.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return blob.Read(buffer, offset, count);
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, CancellationToken.None))
        {
            throw new IOException(StorageFaults.Unavailable("the blob", exception).Message, exception);
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => blob.Seek(offset, origin);

    public override void Flush() => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) blob.Dispose();
        base.Dispose(disposing);
    }
}
