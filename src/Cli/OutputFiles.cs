namespace Changeling.Cli;

/// <summary>The output files of commands. A file that cannot be written is reported before any work is done.</summary>
internal static class OutputFiles
{
    /// <summary>Opens a new file for writing. It replaces an existing one only with <see cref="OutputFile.Keep"/>.</summary>
    /// <param name="file">As the user named it.</param>
    /// <param name="others">Files of the same command, which must not be overwritten.</param>
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
    /// <param name="length">Number of bytes to keep.</param>
    /// <returns><see langword="null"/> when it is shorter.</returns>
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

    /// <summary>Checks that the name does not ask for gzip, of a file that grows line by line and that others read meanwhile.</summary>
    /// <exception cref="CliException">It ends in <c>.gz</c>.</exception>
    public static void RequirePlain(string? file)
    {
        if (file is not null && OutputFile.IsGzip(file))
            throw new CliException($"{file} is written line by line and cannot be gzipped; leave out '.gz' and compress it afterwards.");
    }

    /// <summary>Checks that a file can be written later, without changing anything.</summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static void RequireWritable(string file)
    {
        using var partial = Open(file, FileMode.OpenOrCreate, survives: false);
    }

    /// <summary>Creates a folder unless it exists.</summary>
    /// <exception cref="CliException">It cannot be created.</exception>
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

    /// <summary>Writes lines of text to a file, completely or not at all; gzipped if its name ends in <c>.gz</c>.</summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static async Task WriteLinesAsync(string file, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        await using var target = Create(file);
        await target.WriteContentAsync(async content =>
        {
            await using var text = new StreamWriter(content, leaveOpen: true);
            foreach (var line in lines) await text.WriteLineAsync(line.AsMemory(), cancellationToken);
        });
        target.Keep();
    }

    private static OutputFile Open(string file, FileMode mode, bool survives)
    {
        try
        {
            if (Directory.Exists(file)) throw new IOException();

            // An existing file must be writable too; otherwise the result would be lost at the end.
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

    /// <summary>Checks that a file is not one of the others.</summary>
    /// <exception cref="CliException">It is one of the others.</exception>
    public static void RequireOther(string file, IEnumerable<string> others)
    {
        if (file.Length == 0) return;
        var path = Path.GetFullPath(file);
        if (others.Any(other => other.Length > 0 && Path.GetFullPath(other) == path))
            throw new CliException($"{file} would be overwritten while it is needed; name another file.");
    }
}
