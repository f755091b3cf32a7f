using Changeling.RecordedFiles.Compression;

namespace Changeling.RecordedFiles;

/// <summary>Looks at the first bytes of a stream without losing them.</summary>
internal static class Head
{
    /// <summary>Enough for the header row of a table with some hundred columns.</summary>
    private const int Length = 32 * 1024;

    /// <summary>The stream from its beginning, and its first bytes.</summary>
    public static (Stream Whole, byte[] Head) Of(Stream stream)
    {
        var head = new byte[Length];
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        Array.Resize(ref head, read);
        if (!stream.CanSeek) return (new ChainedStream(new MemoryStream(head, writable: false), stream), head);
        stream.Position = 0;
        return (stream, head);
    }
}
