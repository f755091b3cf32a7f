using Changeling.Events.Json;

namespace Changeling.Events.Values;

/// <summary>Paths as sources write them, brought to one form, and the names in them.</summary>
internal static class FilePath
{
    private const string WindowsFolder = @"C:\Windows\";

    private static readonly (string Prefix, string Replacement)[] Prefixes =
    [
        (@"\\?\UNC\", @"\\"),
        (@"\\?\", ""),
        (@"\??\", ""),
        (@"\SystemRoot\", WindowsFolder),
        (@"%SystemRoot%\", WindowsFolder),
    ];

    /// <summary>
    /// Removes quotes and device prefixes and writes the system root as <c>C:\Windows</c>. A path on <c>\Device\HarddiskVolumeN</c> is not
    /// changed, because only the endpoint knows which drive it is.
    /// </summary>
    public static string? Normalise(string? path)
    {
        var known = KnownText.Of(path);
        if (known is ['"', .., '"']) known = KnownText.Of(known[1..^1]);
        if (known is null) return null;

        if (known[0] is not ('\\' or '%')) return known;
        foreach (var (prefix, replacement) in Prefixes)
        {
            if (known.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return KnownText.Of(replacement + known[prefix.Length..]);
        }

        return known;
    }

    /// <summary>Whether it is a full path on a drive, such as <c>C:\Users\mara\7.exe</c>.</summary>
    public static bool IsOnDrive(string? path) => path is [var letter, ':', '\\', _, ..] && char.IsAsciiLetter(letter);

    /// <summary>The last segment, lower case, without trailing dots and blanks, as Windows itself ignores them.</summary>
    public static string? NameOf(string? path)
    {
        var normalised = Normalise(path);
        if (normalised is null) return null;

        var name = normalised.AsSpan(normalised.LastIndexOfAny(['\\', '/']) + 1).Trim().TrimEnd(". \t");
        return name.IsEmpty ? null : TextPool.Shared.Lower(name);
    }

    /// <summary>
    /// Joins folder and name. Defender's folder column already contains the name, although its description says otherwise.
    /// </summary>
    public static string? Join(string? folder, string? fileName)
    {
        if (folder is null || fileName is null || folder.EndsWith(fileName, StringComparison.OrdinalIgnoreCase)) return Normalise(folder);
        return Normalise(folder.TrimEnd('\\') + '\\' + fileName);
    }
}
