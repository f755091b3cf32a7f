using System.Buffers;

namespace Changeling.Features;

/// <summary>The program that a shell will start: the first word after <c>cmd /c</c>, <c>powershell -command</c> and the like.</summary>
internal static class InnerProgram
{
    private static readonly string[] CmdSwitches = ["-c", "-k", "-r"];
    private static readonly SearchValues<char> EndOfName = SearchValues.Create(" |&<>;(){}',=");

    /// <returns>A lower-case file name with extension; empty if the child is not a shell or has no command.</returns>
    public static string Of(Launch launch)
    {
        var text = launch.CommandLine.Effective.AsSpan().Trim();
        var name = launch.ChildName switch
        {
            "cmd.exe" => AfterCmdSwitch(text),
            "powershell.exe" or "pwsh.exe" => AfterPowerShellSwitches(text),
            "forfiles.exe" or "pcalua.exe" or "conhost.exe" or "explorer.exe" or "scriptrunner.exe" => LastProgram(text),
            _ => default,
        };
        return name.IsEmpty ? "" : WithExtension(name);
    }

    private static ReadOnlySpan<char> AfterCmdSwitch(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var end = text.IndexOf(' ');
            var token = end < 0 ? text : text[..end];
            if (token.Length >= 2 && token[0] == '-' && IsCommandSwitch(token[..2]))
                return FirstName(token.Length > 2 ? text[2..] : text[token.Length..]);
            if (end < 0) return default;
            text = text[(end + 1)..];
        }

        return default;
    }

    private static bool IsCommandSwitch(ReadOnlySpan<char> token)
    {
        foreach (var s in CmdSwitches) if (token.SequenceEqual(s)) return true;
        return false;
    }

    private static ReadOnlySpan<char> AfterPowerShellSwitches(ReadOnlySpan<char> text)
    {
        var command = text.StartsWith("-c") ? 0 : text.IndexOf(" -c") + 1;
        if ((command > 0 || text.StartsWith("-c")) && text[command..].IndexOf(' ') is > 0 and var end)
            return FirstName(text[(command + end)..]);
        return text.StartsWith("-") ? default : FirstName(text);
    }

    private static ReadOnlySpan<char> LastProgram(ReadOnlySpan<char> text)
    {
        var exe = text.LastIndexOf(".exe");
        if (exe < 0) return default;
        var start = text[..exe].LastIndexOfAny(" \\/=") + 1;
        return text[start..(exe + 4)];
    }

    private static ReadOnlySpan<char> FirstName(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(" &({@'");
        var end = text.IndexOfAny(EndOfName);
        var token = end < 0 ? text : text[..end];
        return token[(token.LastIndexOfAny('\\', '/') + 1)..];
    }

    private static string WithExtension(ReadOnlySpan<char> name)
    {
        if (name.Length > 64) name = name[..64];
        return name.Contains('.') ? name.ToString() : $"{name}.exe";
    }
}
