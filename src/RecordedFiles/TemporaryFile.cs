using Changeling.RecordedFiles.Compression;

namespace Changeling.RecordedFiles;

/// <summary>Files that only this program reads, deleted at the latest when they are closed.</summary>
internal static class TemporaryFile
{
    /// <summary>The variable of the environment that names another folder.</summary>
    public static string Setting => OperatingSystem.IsWindows() ? "TEMP" : "TMPDIR";

    /// <summary>Creates an empty file in the folder for temporary files. Nothing is left of it if the program is killed.</summary>
    public static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 64 * 1024,
        };
        if (OperatingSystem.IsWindows()) return new FileStream(Name(), options);
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        options.Options = FileOptions.None;
        var file = new FileStream(Name(), options);
        File.Delete(file.Name);
        return file;
    }

    /// <summary>A copy on disk of a stream that cannot seek; the stream itself if it can.</summary>
    /// <param name="content">The stream; closed when it was copied.</param>
    /// <param name="compressed">Number of bytes of the file that it is decompressed from.</param>
    /// <exception cref="InvalidDataException">It would fill the disk.</exception>
    public static Stream Of(Stream content, long compressed)
    {
        if (content.CanSeek) return content;
        var copy = Create();
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

    private static string Name() => Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
}
