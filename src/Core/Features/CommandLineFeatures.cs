using static Changeling.Features.Feature;

namespace Changeling.Features;

/// <summary>The structure of the command line, without the program's own name.</summary>
internal static class CommandLineFeatures
{
    private static readonly string[] DocumentExtensions = [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".jpg", ".jpeg", ".png", ".txt"];
    private static readonly string[] RunnableExtensions = [".exe", ".scr", ".js", ".vbs", ".hta"];

    public static IReadOnlyList<Feature> All { get; } =
    [
        Log("command_line.length", "characters of the arguments", l => l.CommandLine.Arguments.Length),
        Log("command_line.words", "words", l => l.Words.Count),
        Log("command_line.longest_token", "characters", l => LongestToken(l.CommandLine.Arguments)),
        new("command_line.entropy", "bits a character", "0–16", l => Entropy(l.CommandLine.Arguments)),
        Share("command_line.upper_case", "share of letters", l => ShareOf(l.CommandLine.Arguments, char.IsAsciiLetterUpper)),
        Share("command_line.digits", "share of characters", l => ShareOf(l.CommandLine.Arguments, char.IsAsciiDigit)),
        Share(
            "command_line.symbols",
            "share of characters",
            l => ShareOf(l.CommandLine.Arguments, c => !char.IsLetterOrDigit(c) && !char.IsWhiteSpace(c))),
        Share("command_line.blanks", "share of characters", l => ShareOf(l.CommandLine.Arguments, char.IsWhiteSpace)),
        Count("command_line.not_ascii", "characters", 16, l => Number(l.CommandLine.Arguments, c => c > '~')),
        Count("command_line.carets", "characters", 32, l => Number(l.CommandLine.Arguments, c => c == '^')),
        Count("command_line.backticks", "characters", 32, l => Number(l.CommandLine.Arguments, c => c == '`')),
        Count("command_line.percents", "characters", 32, l => Number(l.CommandLine.Arguments, c => c == '%')),
        Count("command_line.dollars", "characters", 32, l => Number(l.CommandLine.Arguments, c => c == '$')),
        Count("command_line.pluses", "characters", 32, l => Number(l.CommandLine.Arguments, c => c == '+')),
        Count("command_line.brackets", "characters", 64, l => Number(l.CommandLine.Arguments, c => c is '(' or '{' or '[')),
        Count("command_line.pipes", "characters", 16, l => Number(l.CommandLine.Arguments, c => c == '|')),
        Count("command_line.ampersands", "characters", 16, l => Number(l.CommandLine.Arguments, c => c == '&')),
        Count("command_line.semicolons", "characters", 32, l => Number(l.CommandLine.Arguments, c => c == ';')),
        Count("command_line.redirections", "characters", 8, l => Number(l.CommandLine.Arguments, c => c is '>' or '<')),
        Count("command_line.double_quotes", "characters", 32, l => Number(l.CommandLine.Arguments, c => c == '"')),
        Count("command_line.single_quotes", "characters", 32, l => Number(l.CommandLine.Arguments, c => c == '\'')),
        Count("command_line.switches", "switches", 32, l => Occurrences(l.CommandLine.Effective, " -")),
        Count("command_line.equals", "characters", 32, l => Number(l.CommandLine.Arguments, c => c == '=')),
        Count("command_line.line_breaks", "characters", 16, l => Number(l.CommandLine.Arguments, c => c == '\n')),
        Log("command_line.base64", "characters of the longest run", l => l.CommandLine.LongestBase64),
        Flag("command_line.base64_hides_text", l => l.CommandLine.HidesText),
        Flag("command_line.ip_address", l => l.Words.Contains("#ip")),
        Count("command_line.hexadecimal", "words", 8, l => l.Words.Count(w => w == "#hex")),
        Flag("command_line.network_path", l => l.CommandLine.Effective.Contains(@" \\", StringComparison.Ordinal)),
        Flag("command_line.guid", l => l.CommandLine.Arguments.AsSpan().Count('-') >= 4 && l.Words.Contains("#hex")),
        Flag("command_line.drive_root_file", HasFileAtDriveRoot),
        Flag("command_line.double_extension", l => HasDoubleExtension(l.CommandLine.Effective) || HasDoubleExtension(l.ChildName + " ")),
        Flag("command_line.user_folder", l => l.Words.Contains("#user")),
        Flag("command_line.public_folder", l => l.CommandLine.Effective.Contains(@"\users\public\", StringComparison.Ordinal)),
        Flag("command_line.temp_folder", l => l.CommandLine.Effective.Contains(@"\temp\", StringComparison.Ordinal)),
        Flag("command_line.program_data", l => l.CommandLine.Effective.Contains(@"\programdata\", StringComparison.Ordinal)),
        Flag("command_line.system_folder", l => l.CommandLine.Effective.Contains(@"\system32\", StringComparison.Ordinal)),
        .. Extensions("script", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".sct"),
        .. Extensions("batch", ".bat", ".cmd"),
        .. Extensions("program", ".exe", ".scr", ".com"),
        .. Extensions("library", ".dll", ".ocx", ".cpl"),
        .. Extensions("dump_or_hive", ".dmp", ".hiv", ".hive", ".save", ".dit"),
        .. Extensions("archive", ".zip", ".cab", ".rar", ".7z"),
        .. Extensions("text", ".txt", ".log", ".csv", ".tmp"),
        .. Extensions("picture", ".png", ".jpg", ".gif"),
        .. Extensions("markup", ".xml", ".xsl", ".inf", ".csproj", ".html"),
        Flag("command_line.comment", l => l.CommandLine.Comment.Length > 0),
        Log("command_line.comment_length", "characters of comments", l => l.CommandLine.Comment.Length),
        Count("command_line.disguises", "expressions", 16, l => l.CommandLine.Disguises),
        Flag("command_line.image_differs", ImageDiffers),
    ];

    private static IEnumerable<Feature> Extensions(string kind, params string[] extensions) =>
        [Flag($"command_line.{kind}_file", l => extensions.Any(x => HasExtension(l.CommandLine.Effective, x)))];

    private static bool HasExtension(string text, string extension)
    {
        for (var at = text.IndexOf(extension, StringComparison.Ordinal);
             at >= 0;
             at = text.IndexOf(extension, at + 1, StringComparison.Ordinal))
        {
            if (at + extension.Length >= text.Length || !char.IsAsciiLetterOrDigit(text[at + extension.Length])) return true;
        }

        return false;
    }

    private static bool HasDoubleExtension(string text) =>
        Array.Exists(
            DocumentExtensions,
            document => Array.Exists(RunnableExtensions, run => text.Contains(document + run, StringComparison.Ordinal)));

    private static bool HasFileAtDriveRoot(Launch launch)
    {
        var text = launch.CommandLine.Effective.AsSpan();
        for (var at = text.IndexOf(@":\"); at >= 0;)
        {
            var rest = text[(at + 2)..];
            var end = rest.IndexOfAny(" \\");
            if (end > 0 && rest[end] == ' ' && rest[..end].Contains('.')) return true;
            text = rest;
            at = text.IndexOf(@":\");
        }

        return false;
    }

    /// <summary>The command line names another program than the one that runs: a forged command line, or an alias.</summary>
    private static bool ImageDiffers(Launch launch)
    {
        var image = launch.CommandLine.Image;
        var name = image[(image.LastIndexOfAny(['\\', '/']) + 1)..].ToLowerInvariant();
        return name.Length > 0 && !name.StartsWith(launch.ChildStem, StringComparison.Ordinal);
    }

    private static int LongestToken(string text)
    {
        var longest = 0;
        foreach (var range in text.AsSpan().Split(' ')) longest = Math.Max(longest, range.End.Value - range.Start.Value);
        return longest;
    }

    private static float ShareOf(string text, Func<char, bool> counts) => text.Length == 0 ? 0 : (float)Number(text, counts) / text.Length;

    private static int Number(string text, Func<char, bool> counts)
    {
        var number = 0;
        foreach (var c in text) if (counts(c)) number++;
        return number;
    }

    private static int Occurrences(string text, string part) => text.AsSpan().Count(part);

    private static float Entropy(string text)
    {
        if (text.Length == 0) return 0;
        Span<int> counts = stackalloc int[128];
        foreach (var c in text) counts[c < 128 ? c : 127]++;
        double bits = 0;
        foreach (var n in counts) if (n > 0) bits -= (double)n / text.Length * Math.Log2((double)n / text.Length);
        return (float)bits;
    }
}
