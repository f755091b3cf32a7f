using Changeling.RecordedFiles.Compression;

namespace Changeling.RecordedFiles;

/// <summary>
/// The files that a user names: files, folders with all their files and folders, patterns such as <c>logs/**/*.evtx</c>, and zip archives,
/// each in order of name.
/// </summary>
public static class RecordingList
{
    private static readonly EnumerationOptions Flat = new() { AttributesToSkip = FileAttributes.None };
    private static readonly EnumerationOptions Deep = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    /// <summary>Expands folders, patterns and archives; hidden files and other files of the command are left out.</summary>
    /// <param name="names">As the user names them.</param>
    /// <param name="others">Other files of the same command, which are left out if they are in one of the folders.</param>
    /// <param name="elsewhere">Files behind an address that is not one of this machine; <see langword="null"/> if it is no address.</param>
    /// <exception cref="FileNotFoundException">A file does not exist, or there is none; the message says what to do.</exception>
    /// <exception cref="InvalidDataException">An archive cannot be read; the message names it.</exception>
    public static IReadOnlyList<RecordedFile> Of(
        IEnumerable<string> names, IEnumerable<string?> others, Func<string, IReadOnlyList<RecordedFile>?>? elsewhere = null)
    {
        var own = others.Where(other => !string.IsNullOrEmpty(other))
            .Select(other => Path.GetFullPath(other!))
            .ToHashSet(StringComparer.Ordinal);
        return [.. names.SelectMany(name => elsewhere?.Invoke(name) ?? OnDisk(name, own))];
    }

    /// <summary>An archive's files, if a file is one; else the file itself.</summary>
    /// <exception cref="InvalidDataException">The archive cannot be read; the message names it.</exception>
    public static IReadOnlyList<RecordedFile> Opened(RecordedFile file)
    {
        Span<byte> head = stackalloc byte[4];
        Stream? archive = null;
        try
        {
            archive = file.Open();
            var isZip = ZipEntryFile.IsZip(head[..archive.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]);
            if (isZip && archive.CanSeek) return ZipEntryFile.Of(file.Name, archive);
            archive.Dispose();
            return [file];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Said with its reason when it is read.
            archive?.Dispose();
            return [file];
        }
    }

    private static IEnumerable<RecordedFile> OnDisk(string name, HashSet<string> own)
    {
        if (File.Exists(name)) return Opened(RecordedFile.OnDisk(name));
        if (Directory.Exists(name))
            return Some(FilesIn(name, own), $"{name} contains no file; pass a folder with recorded telemetry.", name);
        if (FilePattern.IsOne(name))
            return Some(FilesLike(new FilePattern(name), own), $"no file matches {name}; check the pattern and the folder.", name);

        return InArchive(name)
            ?? throw new FileNotFoundException($"{(name.Length == 0 ? "''" : name)} does not exist; check the path.", name);
    }

    private static IEnumerable<RecordedFile> FilesIn(string folder, HashSet<string> own, FilePattern? pattern = null) =>
        Directory.EnumerateFiles(folder, "*", pattern is { IsDeep: false } ? Flat : Deep)
            .Where(file => Path.GetRelativePath(folder, file) is var path && !IsHidden(path) && pattern?.Fits(Slashed(path)) != false)
            .Where(file => !own.Contains(Path.GetFullPath(file)))
            .Order(StringComparer.Ordinal)
            .SelectMany(file => Opened(RecordedFile.OnDisk(file)));

    private static IEnumerable<RecordedFile> FilesLike(FilePattern pattern, HashSet<string> own) =>
        Directory.Exists(pattern.Folder) ? FilesIn(pattern.Folder, own, pattern) : [];

    private static string Slashed(string path) => path.Replace(Path.DirectorySeparatorChar, '/');

    private static bool IsHidden(string path) =>
        path.Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.') && part is not ("." or ".."));

    /// <summary>One file of an archive, as <c>score</c> names it: the archive's path and the name in it.</summary>
    private static RecordedFile[]? InArchive(string name)
    {
        for (var end = name.LastIndexOf('/'); end > 0; end = name.LastIndexOf('/', end - 1))
        {
            var archive = name[..end];
            if (!File.Exists(archive)) continue;
            var found = Opened(RecordedFile.OnDisk(archive)).Where(file => file.Name == name).Take(1).ToArray();
            return found.Length == 1 ? found : null;
        }

        return null;
    }

    private static List<RecordedFile> Some(IEnumerable<RecordedFile> files, string otherwise, string name) =>
        files.ToList() is { Count: > 0 } found ? found : throw new FileNotFoundException(otherwise, name);
}
