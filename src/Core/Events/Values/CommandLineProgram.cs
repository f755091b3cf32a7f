namespace Changeling.Events.Values;

/// <summary>The program at the beginning of a command line.</summary>
internal static class CommandLineProgram
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    /// <summary>The lower-case file name of the program, or <see langword="null"/> when the line names none.</summary>
    public static string? NameOf(string? commandLine)
    {
        var line = commandLine?.TrimStart(Blanks);
        if (string.IsNullOrEmpty(line)) return null;
        if (line[0] == '"') return FilePath.NameOf(line[1..].Split('"')[0]);

        var end = line.IndexOfAny(Blanks);
        var first = end < 0 ? line : line[..end];
        return FilePath.NameOf(IsUnfinishedPath(first) ? ThroughExtension(line) ?? first : first);
    }

    /// <summary>An unquoted path with a blank ends at the blank: <c>C:\Program</c>.</summary>
    private static bool IsUnfinishedPath(string first) => first.Contains('\\') && !Path.HasExtension(first);

    private static string? ThroughExtension(string line)
    {
        var end = line.IndexOf(".exe", StringComparison.OrdinalIgnoreCase) + 4;
        return end >= 4 && (end == line.Length || Blanks.Contains(line[end])) ? line[..end] : null;
    }
}
