using System.Buffers;

namespace Changeling.Features;

/// <summary>
/// One spelling for programs and for PowerShell's parameters in a plain text. A program of Windows that a command starts is written
/// without folder and <c>.exe</c>; <c>-encodedcommand</c> and all its abbreviations are <c>-enc</c>, and so on.
/// </summary>
internal static class ProgramWords
{
    private const int MaxName = 40;

    private static readonly SearchValues<char> EndOfName = SearchValues.Create("'&|(){};,<>=");

    private static readonly string[] SystemFolders =
    [
        @"c:\windows\system32\windowspowershell\v1.0\", @"c:\windows\syswow64\windowspowershell\v1.0\",
        @"c:\windows\sysnative\windowspowershell\v1.0\", @"c:\windows\system32\wbem\", @"c:\windows\syswow64\wbem\",
        @"c:\windows\system32\", @"c:\windows\syswow64\", @"c:\windows\sysnative\", @"c:\windows\",
        @"c:\program files\powershell\7\",
    ];

    /// <summary>Full names of parameters with their shortest abbreviation and the spelling that is used here.</summary>
    private static readonly (string Full, string Shortest, string Spelling)[] Parameters =
    [
        ("encodedcommand", "e", "-enc"), ("ec", "ec", "-enc"), ("windowstyle", "w", "-w"), ("noprofile", "nop", "-nop"),
        ("noninteractive", "noni", "-noni"), ("nologo", "nol", "-nologo"), ("noexit", "noe", "-noexit"), ("executionpolicy", "ex", "-ep"),
        ("ep", "ep", "-ep"), ("exec", "exec", "-ep"), ("command", "c", "-c"), ("file", "f", "-file"), ("version", "v", "-version"),
    ];

    /// <summary>Writes the text in that spelling.</summary>
    /// <param name="plain">Plain text.</param>
    /// <param name="name">The file name of the program whose arguments they are, lower case; empty for a decoded script.</param>
    /// <param name="result">Receives it; empty before.</param>
    public static void Fold(ReadOnlySpan<char> plain, string name, ref TextBuffer result)
    {
        var (isCommand, inPowerShell) = (name.Length == 0, IsPowerShell(name));
        var (window, mayStart) = (false, true);
        for (var start = 0; start < plain.Length;)
        {
            var end = plain[start..].IndexOf(' ') is >= 0 and var length ? start + length : plain.Length;
            var token = plain[start..end];
            var next = plain[Math.Min(end + 1, plain.Length)..];
            if (result.Length > 0) result.Append(' ');
            var isSwitch = token.Length > 1 && token[0] == '-';

            if (window) result.Append(WindowStyle(token));
            else if (inPowerShell && isSwitch && Spelling(token[1..]) is { } spelling) result.Append(spelling);
            else if (isCommand || EndsAsShell(token))
                inPowerShell = Program(token, isCommand || (mayStart && next.StartsWith("-")), ref result);
            else result.Append(token);

            var written = inPowerShell && isSwitch ? Spelling(token[1..]) : null;
            window = !window && written == "-w";
            mayStart = !isSwitch;
            isCommand = IsBeforeCommand(token) || written is "-c" or "-enc";
            if (written is "-c" or "-file") inPowerShell = false;
            start = end + 1;
        }
    }

    private static bool IsPowerShell(ReadOnlySpan<char> name) => name is "powershell.exe" or "pwsh.exe" or "powershell" or "pwsh";

    private static bool EndsAsShell(ReadOnlySpan<char> token)
    {
        if (token.IsEmpty || token[^1] is not ('e' or 'd' or 'l' or 'h')) return false;
        var name = token[(token.LastIndexOf('\\') + 1)..];
        return name is "cmd.exe" or "cmd" || IsPowerShell(name);
    }

    private static bool IsBeforeCommand(ReadOnlySpan<char> token) =>
        token.Length > 0
        && (token[^1] is '&' or '|' or ';' or '{' or '('
            || (token.Length <= 8
                && token is "-c" or "-k" or "-r" or "-tr" or "start" or "call" or "do" or "create" or "binpath=" or "-b" or "-min"));

    /// <summary>Writes a program's name and says whether PowerShell's parameters follow.</summary>
    private static bool Program(ReadOnlySpan<char> token, bool isStarted, ref TextBuffer result)
    {
        var lead = token.Length - token.TrimStart("&|({@'").Length;
        var word = token[lead..];
        var end = word.IndexOfAny(EndOfName) is >= 0 and var stop ? stop : word.Length;
        var name = isStarted ? Started(word[..end]) : word[..end];
        result.Append(token[..lead]);
        result.Append(name);
        result.Append(word[end..]);
        return isStarted && IsPowerShell(name[(name.LastIndexOf('\\') + 1)..]);
    }

    private static ReadOnlySpan<char> Started(ReadOnlySpan<char> name)
    {
        foreach (var folder in SystemFolders)
        {
            if (!name.StartsWith(folder) || !IsProgram(name[folder.Length..])) continue;
            name = name[folder.Length..];
            break;
        }

        return name.EndsWith(".exe") && IsProgram(name) ? name[..^4] : name;
    }

    private static bool IsProgram(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxName || name.Contains('\\')) return false;
        if (name.EndsWith(".exe")) return KnownBinaries.IsKnown(name);
        Span<char> file = stackalloc char[MaxName + 4];
        name.CopyTo(file);
        ".exe".CopyTo(file[name.Length..]);
        return KnownBinaries.IsKnown(file[..(name.Length + 4)]);
    }

    private static string? Spelling(ReadOnlySpan<char> parameter)
    {
        parameter = parameter.TrimStart('-');
        foreach (var (full, shortest, spelling) in Parameters)
        {
            if (parameter.Length >= shortest.Length && full.AsSpan().StartsWith(parameter)) return spelling;
        }

        return null;
    }

    private static ReadOnlySpan<char> WindowStyle(ReadOnlySpan<char> value) =>
        value is "1" || (value.Length > 0 && "hidden".AsSpan().StartsWith(value)) ? "hidden" : value;
}
