using System.Runtime.InteropServices;

namespace Changeling.RecordedFiles;

/// <summary>A file of recorded telemetry: on disk, in a zip archive, or elsewhere. What it contains is found out when it is read.</summary>
/// <param name="name">The name for messages.</param>
public abstract class RecordedFile(string name)
{
    /// <summary>The name for messages.</summary>
    public string Name { get; } = name;

    /// <summary>The file that holds it: the archive of a file in an archive, else the file itself.</summary>
    public virtual string Origin => Name;

    /// <summary>Number of bytes of the stream.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public abstract long Length { get; }

    /// <summary>Opens it. The stream knows its position and length; it need not be able to seek.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or cannot be read as it is.</exception>
    public abstract Stream Open();

    /// <summary>A file on disk.</summary>
    public static RecordedFile OnDisk(string path) => new DiskFile(path);

    /// <summary>Content that can be read only once, such as standard input. It is copied to a temporary file.</summary>
    /// <exception cref="IOException">It cannot be read or copied.</exception>
    public static async Task<RecordedFile> CopiedAsync(string name, Stream content, CancellationToken cancellationToken) =>
        await SpooledFile.OfAsync(name, content, cancellationToken);

    /// <summary>Content that is in memory.</summary>
    public static RecordedFile InMemory(string name, ReadOnlyMemory<byte> content) => new MemoryFile(name, content);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private sealed class DiskFile(string path) : RecordedFile(path)
    {
        public override long Length => new FileInfo(Name).Length;

        public override Stream Open() => File.OpenRead(Name);
    }

    private sealed class MemoryFile(string name, ReadOnlyMemory<byte> content) : RecordedFile(name)
    {
        public override long Length => content.Length;

        public override Stream Open() => MemoryMarshal.TryGetArray(content, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);
    }
}
