namespace Changeling.Cli.Detections;

/// <summary>The program at the beginning of a command line.</summary>
internal static class ProgramPath
{
    /// <summary>Folders that say nothing about a program in them, in lower case. A deeper folder does not count.</summary>
    private static readonly string[] OrdinaryFolders =
    [
        @"c:\windows", @"c:\windows\system32", @"c:\windows\syswow64", @"c:\windows\system32\wbem",
        @"c:\windows\system32\windowspowershell\v1.0", @"c:\windows\syswow64\windowspowershell\v1.0",
    ];

    /// <summary>The command line without the folder of its program.</summary>
    public static string WithoutFolder(string line)
    {
        var (start, end) = Program(line);
        var program = line.AsSpan(start, end - start);
        var name = program[(program.LastIndexOf('\\') + 1)..];
        return name.Length == 0 || name.Length == program.Length
            ? line
            : $"{name}{line.AsSpan(Math.Min(end + start, line.Length))}";
    }

    /// <summary>The command line without the folder of its program, if this is where Windows has its own programs.</summary>
    public static string WithoutOrdinaryFolder(string line)
    {
        var (start, end) = Program(line);
        var folder = line.AsSpan(start, end - start).LastIndexOf('\\') is var last and >= 0 ? line.Substring(start, last) : "";
        return OrdinaryFolders.Contains(folder, StringComparer.OrdinalIgnoreCase) ? WithoutFolder(line) : line;
    }

    /// <summary>Whether the program of a command line has a name, with or without its ending.</summary>
    public static bool Names(string line, string name)
    {
        var (start, end) = Program(line);
        return line.AsSpan(start, end - start)
            .Contains(Path.GetFileNameWithoutExtension(name.AsSpan()), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Where the program begins and ends: the first word, or what the first quotation marks enclose.</summary>
    private static (int Start, int End) Program(string line)
    {
        var (start, end) = line.StartsWith('"') ? (1, line.IndexOf('"', 1)) : (0, line.IndexOf(' ', StringComparison.Ordinal));
        return (start, end < 0 ? line.Length : end);
    }
}
