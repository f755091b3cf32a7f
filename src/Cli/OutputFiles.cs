namespace Changeling.Cli;

/// <summary>The files that a user asks for. Where one cannot be written is said before any work is done.</summary>
internal static class OutputFiles
{
    /// <summary>Opens a file to write from its start. It takes its place only with <see cref="OutputFile.Keep"/>.</summary>
    /// <param name="file">As the user named it.</param>
    /// <param name="others">Files of the same command, which must not be written over.</param>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static OutputFile Create(string file, params IEnumerable<string> others)
    {
        RequireOther(file, others);
        return Open(file, FileMode.Create, survives: false);
    }

    /// <summary>
    /// As <see cref="Create"/>, of a run that another can continue: until the file is whole, its beginning stays beside its place.
    /// </summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static OutputFile CreateToGoOn(string file, params IEnumerable<string> others)
    {
        RequireOther(file, others);
        return Open(file, FileMode.Create, survives: true);
    }

    /// <summary>Opens the beginning of a file to continue writing where it once ended; what was written behind goes.</summary>
    /// <param name="file">As the user named it.</param>
    /// <param name="length">Bytes that are to stay.</param>
    /// <returns><see langword="null"/> when it does not hold so many.</returns>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static OutputFile? GoOn(string file, long length)
    {
        var stream = Open(file, FileMode.OpenOrCreate, survives: true);
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
        using var partial = Open(file, FileMode.OpenOrCreate, survives: false);
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
                : $"the folder '{folder}' cannot be created: {exception.Message.TrimEnd('.')}; name another place.");
        }
    }

    /// <summary>Writes lines of text to a file that is whole at once or not written at all.</summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static async Task WriteLinesAsync(string file, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        await using var target = Create(file);
        await using (var text = new StreamWriter(target, leaveOpen: true))
        {
            foreach (var line in lines) await text.WriteLineAsync(line.AsMemory(), cancellationToken);
        }

        target.Keep();
    }

    private static OutputFile Open(string file, FileMode mode, bool survives)
    {
        try
        {
            if (Directory.Exists(file)) throw new IOException();

            // What stands there must be writable too, or the end of the work would be lost.
            if (File.Exists(file)) File.Open(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();
            return new OutputFile(file, mode, survives);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CliException($"'{file}' cannot be written: {Why(file, exception)}.");
        }
    }

    private static string Why(string file, Exception exception) => exception switch
    {
        _ when Directory.Exists(file) => "it is a folder; name a file in it",
        DirectoryNotFoundException => "its folder does not exist; create it first",
        ArgumentException => "it is not a path; name a file",
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
