using Changeling.Catalogues;
using Changeling.Events;

namespace Changeling.Training;

/// <summary>
/// Ordinary rows of our own for what the corpus hardly holds, from <c>Words/ordinary.txt</c>: the everyday work of developers,
/// administrators and scripts under shells.
/// </summary>
/// <remarks>In training only, never evaluated on.</remarks>
internal static class MadeOrdinary
{
    private const string System32 = @"C:\Windows\System32\";

    /// <summary>Shells under which people run tools; <c>cmd.exe</c> stands twice because it is drawn twice as often.</summary>
    private static readonly string[] Shells =
    [
        System32 + "cmd.exe", System32 + "cmd.exe",
        System32 + @"WindowsPowerShell\v1.0\powershell.exe", @"C:\Program Files\PowerShell\7\pwsh.exe",
    ];

    private static readonly WordFile File = OwnRow.File("ordinary.txt");
    private static readonly string[] SystemTools = File["system_tools"].Texts;
    private static readonly (string Path, string Arguments)[] Programs = [.. File["programs"].Items.Select(OwnRow.Launch)];
    private static readonly (string Path, string Arguments)[] ShellCommands = [.. File["shell_commands"].Items.Select(OwnRow.Launch)];
    private static readonly string[] Starters = File["starters"].Texts;

    public static IEnumerable<ProcessEvent> All(Random random)
    {
        foreach (var command in SystemTools.Concat(SystemTools))
        {
            var blank = command.IndexOf(' ', StringComparison.Ordinal);
            var (stem, arguments) = blank < 0 ? (command, "") : (command[..blank], command[(blank + 1)..]);
            yield return Start(Shells, System32 + stem + ".exe", arguments, random);
        }

        foreach (var (path, arguments) in Programs) yield return Start(Starters, path, arguments, random);
        foreach (var (path, arguments) in ShellCommands)
        {
            yield return Start(Starters, path, arguments, random);
            yield return Start(Starters, path, arguments, random);
        }
    }

    private static ProcessEvent Start(string[] parents, string path, string arguments, Random random)
    {
        var parent = parents[random.Next(parents.Length)];
        var isService = random.NextDouble() < 0.2;
        return new()
        {
            Time = DateTimeOffset.UnixEpoch,
            Host = new("made"),
            Format = "synthetic",
            User = isService ? new("SYSTEM", "NT AUTHORITY", "S-1-5-18") : new("user", "CORP"),
            Child = new()
            {
                Name = OwnRow.NameOf(path).ToLowerInvariant(),
                Path = path,
                CommandLine = $"{OwnRow.Image(path, random)} {arguments}",
                Integrity = isService ? IntegrityLevel.System : random.NextDouble() < 0.5 ? IntegrityLevel.High : IntegrityLevel.Medium,
            },
            Parent = new() { Name = OwnRow.NameOf(parent).ToLowerInvariant(), Path = parent },
        };
    }
}
