using Changeling.RecordedFiles.Compression;

namespace Changeling.RecordedFiles;

/// <summary>A copy on disk of a stream that cannot seek, deleted when it is closed.</summary>
internal static class TemporaryFile
{
    /// <summary>The stream itself if it can seek.</summary>
    /// <param name="content">The stream; closed when it was copied.</param>
    /// <param name="compressed">Number of bytes of the file that it is decompressed from.</param>
    /// <exception cref="InvalidDataException">It would fill the disk.</exception>
    public static Stream Of(Stream content, long compressed)
    {
        if (content.CanSeek) return content;
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var copy = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
        try
        {
            var buffer = new byte[64 * 1024];
            for (int read; (read = content.Read(buffer)) > 0; copy.Write(buffer.AsSpan(0, read)))
            {
                if (copy.Length + read > Inflation.Most(compressed))
                {
                    throw new InvalidDataException(
                        $"it decompresses to more than {Inflation.MaxRatio} times its size; decompress it and pass the file");
                }
            }

            copy.Position = 0;
            content.Dispose();
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }
}
