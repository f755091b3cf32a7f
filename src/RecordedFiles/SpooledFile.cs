using Microsoft.Win32.SafeHandles;

namespace Changeling.RecordedFiles;

/// <summary>Content that can be read only once, such as standard input. A temporary file has a copy that is opened more often.</summary>
/// <param name="name">The name for messages.</param>
/// <param name="copy">The copy.</param>
internal sealed class SpooledFile(string name, FileStream copy) : RecordedFile(name)
{
    /// <inheritdoc/>
    public override long Length => copy.Length;

    /// <inheritdoc/>
    public override Stream Open() => new SharedStream(copy.SafeFileHandle, copy.Length);

    /// <summary>Copies content.</summary>
    public static async Task<SpooledFile> OfAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var copy = TemporaryFile.Create();
        try
        {
            await content.CopyToAsync(copy, cancellationToken);
            await copy.FlushAsync(cancellationToken);
            return new SpooledFile(name, copy);
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    /// <summary>A position of its own in a file that others read too. The file stays open.</summary>
    private sealed class SharedStream(SafeFileHandle file, long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = RandomAccess.Read(file, buffer, Position);
            Position += read;
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
        {
            SeekOrigin.Current => Position,
            SeekOrigin.End => length,
            _ => 0,
        };

        public override void Flush() => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
