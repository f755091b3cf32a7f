using System.IO.Compression;

namespace Changeling.TestSupport;

/// <summary>A folder for one test: what commands run in it read and write.</summary>
public sealed class Scratch : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("changeling-").FullName;

    /// <summary>The full path of a file or folder in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public byte[] Read(string name) => File.ReadAllBytes(this[name]);

    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return name;
    }

    public static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        using var target = new MemoryStream();
        using (var stream = new GZipStream(target, CompressionLevel.Optimal)) stream.Write(bytes);
        return target.ToArray();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
