namespace Changeling.RecordedFiles;

/// <summary>A copy on disk of a stream that cannot seek, deleted when it is closed.</summary>
internal static class TemporaryFile
{
    /// <summary>The stream itself if it can seek.</summary>
    public static Stream Of(Stream content)
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
            content.CopyTo(copy);
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
