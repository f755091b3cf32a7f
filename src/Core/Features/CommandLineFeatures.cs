using static Changeling.Features.Feature<Changeling.Features.Launch>;

namespace Changeling.Features;

/// <summary>The structure of the command line, without the program's own name.</summary>
internal static class CommandLineFeatures
{
    public static IReadOnlyList<Feature> All { get; } =
    [
        Log("command_line.length", "characters of the arguments", l => l.CommandLine.Arguments.Length),
        Log("command_line.words", "words", WordCount),
        Log("command_line.longest_token", "characters", l => LongestToken(l.CommandLine.Arguments)),
        Value("command_line.entropy", "bits a character", "0–16", l => l.Characters.Entropy()),
        Share("command_line.upper_case", "share of letters", l => l.Characters.ShareOf(l.Characters.Upper)),
        Share("command_line.digits", "share of characters", l => l.Characters.ShareOf(l.Characters.Digits)),
        Share("command_line.symbols", "share of characters", l => l.Characters.ShareOf(l.Characters.Symbols)),
        Share("command_line.blanks", "share of characters", l => l.Characters.ShareOf(l.Characters.Blanks)),
        Count("command_line.not_ascii", "characters", 16, l => l.Characters.BeyondAscii),
        Count("command_line.carets", "characters", 32, l => l.Characters['^']),
        Count("command_line.backticks", "characters", 32, l => l.Characters['`']),
        Count("command_line.percents", "characters", 32, l => l.Characters['%']),
        Count("command_line.dollars", "characters", 32, l => l.Characters['$']),
        Count("command_line.pluses", "characters", 32, l => l.Characters['+']),
        Count("command_line.brackets", "characters", 64, l => l.Characters['('] + l.Characters['{'] + l.Characters['[']),
        Count("command_line.pipes", "characters", 16, l => l.Characters['|']),
        Count("command_line.ampersands", "characters", 16, l => l.Characters['&']),
        Count("command_line.semicolons", "characters", 32, l => l.Characters[';']),
        Count("command_line.redirections", "characters", 8, l => l.Characters['>'] + l.Characters['<']),
        Count("command_line.double_quotes", "characters", 32, l => l.Characters['"']),
        Count("command_line.single_quotes", "characters", 32, l => l.Characters['\'']),
        Count("command_line.switches", "switches", 32, l => Occurrences(l.CommandLine.Effective, " -")),
        Count("command_line.equals", "characters", 32, l => l.Characters['=']),
        Count("command_line.line_breaks", "characters", 16, l => l.Characters['\n']),
        Log("command_line.base64", "characters of the longest run", l => l.CommandLine.LongestBase64),
        Flag("command_line.base64_hides_text", l => l.CommandLine.HidesText),
        Flag("command_line.ip_address", l => Names(l, "#ip")),
        Count("command_line.hexadecimal", "words", 8, l => l.Folded.AsSpan().Count("#hex")),
        Flag("command_line.network_path", l => l.Found.Marks.HasFlag(Marks.NetworkPath)),
        Flag("command_line.guid", l => l.CommandLine.Arguments.AsSpan().Count('-') >= 4 && Names(l, "#hex")),
        Flag("command_line.drive_root_file", HasFileAtDriveRoot),
        Flag("command_line.double_extension", l =>
            l.Found.Marks.HasFlag(Marks.DoubleExtension) || MarkSearch.HasDoubleExtension(l.ChildName)),
        Flag("command_line.user_folder", l => Names(l, "#user")),
        Flag("command_line.public_folder", l => l.Found.Marks.HasFlag(Marks.PublicFolder)),
        Flag("command_line.temp_folder", l => l.Found.Marks.HasFlag(Marks.TempFolder)),
        Flag("command_line.program_data", l => l.Found.Marks.HasFlag(Marks.ProgramData)),
        Flag("command_line.system_folder", l => l.Found.Marks.HasFlag(Marks.SystemFolder)),
        Flag("command_line.script_file", l => l.Found.Marks.HasFlag(Marks.Script)),
        Flag("command_line.batch_file", l => l.Found.Marks.HasFlag(Marks.Batch)),
        Flag("command_line.program_file", l => l.Found.Marks.HasFlag(Marks.Program)),
        Flag("command_line.library_file", l => l.Found.Marks.HasFlag(Marks.Library)),
        Flag("command_line.dump_or_hive_file", l => l.Found.Marks.HasFlag(Marks.DumpOrHive)),
        Flag("command_line.archive_file", l => l.Found.Marks.HasFlag(Marks.Archive)),
        Flag("command_line.text_file", l => l.Found.Marks.HasFlag(Marks.Text)),
        Flag("command_line.picture_file", l => l.Found.Marks.HasFlag(Marks.Picture)),
        Flag("command_line.markup_file", l => l.Found.Marks.HasFlag(Marks.Markup)),
        Flag("command_line.comment", l => l.CommandLine.Comment.Length > 0),
        Log("command_line.comment_length", "characters of comments", l => l.CommandLine.Comment.Length),
        Count("command_line.disguises", "expressions", 16, l => l.CommandLine.Disguises),
        Flag("command_line.image_differs", ImageDiffers),
    ];

    private static int WordCount(Launch launch) => launch.Folded.Length == 0 ? 0 : launch.Folded.AsSpan().Count(' ') + 1;

    /// <summary>Whether one of the folded words is in the text; no other word contains its sign.</summary>
    private static bool Names(Launch launch, string word) => launch.Folded.Contains(word, StringComparison.Ordinal);

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
        var image = launch.CommandLine.Image.AsSpan();
        var name = image[(image.LastIndexOfAny('\\', '/') + 1)..];
        Span<char> lower = name.Length <= 256 ? stackalloc char[256] : new char[name.Length];
        name.ToLowerInvariant(lower);
        return name.Length > 0 && !lower[..name.Length].StartsWith(launch.ChildStem);
    }

    private static int LongestToken(string text)
    {
        var longest = 0;
        var rest = text.AsSpan();
        for (int end; (end = rest.IndexOf(' ')) >= 0; rest = rest[(end + 1)..]) longest = Math.Max(longest, end);
        return Math.Max(longest, rest.Length);
    }

    private static int Occurrences(string text, string part) => text.AsSpan().Count(part);
}
