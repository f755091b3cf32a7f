using Changeling.Events;

namespace Changeling.Training;

/// <summary>
/// Launches of our own as whole chains: parent with its arguments, child with its arguments. What is started by exploited services, remote execution,
/// injected and elevated programs, and what Windows itself starts all day. Own writing from public knowledge of Windows; in training only.
/// </summary>
/// <remarks>One line a launch: <c>parent arguments | child arguments</c>; a name without a folder lies where Windows has it. <c>!</c> before a line: as a service account.</remarks>
internal static class MadeChains
{
    private const string System32 = @"C:\Windows\System32\";
    private const string Office = @"C:\Program Files\Microsoft Office\root\Office16\";

    private static readonly Dictionary<string, string> Folders = new(StringComparer.OrdinalIgnoreCase)
    {
        ["explorer.exe"] = @"C:\Windows\",
        ["hh.exe"] = @"C:\Windows\",
        ["splwow64.exe"] = @"C:\Windows\",
        ["powershell.exe"] = System32 + @"WindowsPowerShell\v1.0\",
        ["wmic.exe"] = System32 + @"wbem\",
        ["wmiprvse.exe"] = System32 + @"wbem\",
        ["scrcons.exe"] = System32 + @"wbem\",
        ["w3wp.exe"] = System32 + @"inetsrv\",
        ["appcmd.exe"] = System32 + @"inetsrv\",
        ["sysprep.exe"] = System32 + @"sysprep\",
        ["csc.exe"] = @"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\",
        ["cvtres.exe"] = @"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\",
        ["msbuild.exe"] = @"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\",
        ["installutil.exe"] = @"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\",
        ["winword.exe"] = Office,
        ["excel.exe"] = Office,
        ["outlook.exe"] = Office,
        ["powerpnt.exe"] = Office,
        ["iexplore.exe"] = @"C:\Program Files\Internet Explorer\",
        ["chrome.exe"] = @"C:\Program Files\Google\Chrome\Application\",
        ["msedge.exe"] = @"C:\Program Files (x86)\Microsoft\Edge\Application\",
        ["sqlservr.exe"] = @"C:\Program Files\Microsoft SQL Server\MSSQL15.MSSQLSERVER\MSSQL\Binn\",
        ["tomcat9.exe"] = @"C:\Program Files\Apache Software Foundation\Tomcat 9.0\bin\",
        ["java.exe"] = @"C:\Program Files\Java\jre1.8\bin\",
        ["python.exe"] = @"C:\Python39\",
        ["umworkerprocess.exe"] = @"C:\Program Files\Microsoft\Exchange Server\V15\Bin\",
        ["psexesvc.exe"] = @"C:\Windows\",
        ["splunkd.exe"] = @"C:\Program Files\SplunkUniversalForwarder\bin\",
        ["waappagent.exe"] = @"C:\WindowsAzure\Packages\",
        ["msmpeng.exe"] = @"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.2301.6-0\",
        ["mpcmdrun.exe"] = @"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.2301.6-0\",
        ["tiworker.exe"] = @"C:\Windows\WinSxS\amd64_microsoft-windows-servicingstack\",
        ["trustedinstaller.exe"] = @"C:\Windows\servicing\",
    };

    public static IEnumerable<ProcessEvent> Attacks(Random random) => ChainLines.Attacks.Select(line => Start(line, random));

    public static IEnumerable<ProcessEvent> Ordinary(Random random) => ChainLines.Ordinary.Select(line => Start(line, random));

    private static ProcessEvent Start(string line, Random random)
    {
        var isService = line.StartsWith('!');
        var bar = line.IndexOf(" | ", StringComparison.Ordinal);
        var (parentPath, parentArguments) = Split(line[(isService ? 1 : 0)..bar]);
        var (childPath, childArguments) = Split(line[(bar + 3)..]);
        return new()
        {
            Time = DateTimeOffset.UnixEpoch,
            Host = new("made"),
            Format = "synthetic",
            User = isService ? new("SYSTEM", "NT AUTHORITY", "S-1-5-18") : new("user", "CORP"),
            Child = new()
            {
                Name = Name(childPath).ToLowerInvariant(),
                Path = childPath,
                CommandLine = $"{Image(childPath, random)} {childArguments}".TrimEnd(),
                Integrity = isService ? IntegrityLevel.System : random.NextDouble() < 0.5 ? IntegrityLevel.High : IntegrityLevel.Medium,
            },
            Parent = new() { Name = Name(parentPath).ToLowerInvariant(), Path = parentPath, CommandLine = $"{Image(parentPath, random)} {parentArguments}".TrimEnd() },
        };
    }

    /// <summary>The program ends at the first <c>.exe</c> or the like that a blank or the end follows; folders may hold blanks.</summary>
    private static (string Path, string Arguments) Split(string text)
    {
        var end = text.Length;
        foreach (var extension in new[] { ".exe", ".tmp", ".scr", ".com" })
        {
            var at = text.IndexOf(extension + " ", StringComparison.OrdinalIgnoreCase);
            if (at >= 0) end = Math.Min(end, at + extension.Length);
        }

        var program = text[..end];
        var path = program.Contains('\\', StringComparison.Ordinal) || program == "System" ? program : Folders.GetValueOrDefault(program, System32) + program;
        return (path, text[end..].Trim());
    }

    private static string Image(string path, Random random) => random.Next(3) switch { 0 => Name(path)[..^4], 1 => path, _ => $"\"{path}\"" };

    private static string Name(string path) => path[(path.LastIndexOf('\\') + 1)..];
}
