namespace Changeling.Cli;

/// <summary>The files that a user asks for. Where one cannot be written is said before any work is done.</summary>
internal static class OutputFiles
{
    /// <summary>Opens a file to write from its start.</summary>
    /// <param name="file">As the user named it.</param>
    /// <param name="others">Files of the same command, which must not be written over.</param>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static FileStream Create(string file, params IEnumerable<string> others)
    {
        RequireOther(file, others);
        return Open(file, FileMode.Create);
    }

    /// <summary>Opens a file to continue writing where it once ended; what was written behind goes.</summary>
    /// <param name="file">As the user named it.</param>
    /// <param name="length">Bytes that are to stay.</param>
    /// <returns><see langword="null"/> when it does not hold so many.</returns>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static FileStream? GoOn(string file, long length)
    {
        var stream = Open(file, FileMode.OpenOrCreate);
        if (stream.Length < length)
        {
            stream.Dispose();
            return null;
        }

        stream.SetLength(length);
        stream.Position = length;
        return stream;
    }

    /// <summary>Makes sure that a file can be written later, and leaves things as they were.</summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static void RequireWritable(string file)
    {
        var wasThere = File.Exists(file);
        Open(file, FileMode.OpenOrCreate).Dispose();
        if (!wasThere) File.Delete(file);
    }

    /// <summary>Makes sure that a folder is there.</summary>
    /// <exception cref="CliException">It cannot be made.</exception>
    public static void RequireFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CliException(File.Exists(folder)
                ? $"{folder} is a file; a folder is needed."
                : $"the folder '{folder}' cannot be made: {exception.Message.TrimEnd('.')}; name another place.");
        }
    }

    private static FileStream Open(string file, FileMode mode)
    {
        try
        {
            return new FileStream(file, mode, FileAccess.Write, FileShare.Read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CliException($"'{file}' cannot be written: {Why(file, exception)}.");
        }
    }

    private static string Why(string file, Exception exception) => exception switch
    {
        _ when Directory.Exists(file) => "it is a folder; name a file in it",
        DirectoryNotFoundException => "its folder is not there; make it first",
        ArgumentException => "it is no path; name a file",
        _ => $"{exception.Message.TrimEnd('.')}; name another place",
    };

    /// <summary>Makes sure that a file is none of the others.</summary>
    /// <exception cref="CliException">It is.</exception>
    public static void RequireOther(string file, IEnumerable<string> others)
    {
        if (file.Length == 0) return;
        var path = Path.GetFullPath(file);
        if (others.Any(other => other.Length > 0 && Path.GetFullPath(other) == path))
            throw new CliException($"{file} would be overwritten while it is needed; name another file.");
    }
}
