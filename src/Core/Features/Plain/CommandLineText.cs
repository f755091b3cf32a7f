namespace Changeling.Features;

/// <summary>
/// The parts of a command line: the program as written, its arguments as received, and the arguments in plain form with all that is
/// encoded in them decoded.
/// </summary>
/// <param name="Image">The first token: the program as written.</param>
/// <param name="Arguments">What follows, as received, without comments.</param>
/// <param name="Effective">
/// The arguments as <see cref="PlainText"/> without comments; in place of what is encoded, its text stands at the end. A blank is at both
/// ends.
/// </param>
/// <param name="Comment">The text of comments in plain form; empty without any. It runs nothing, but may be a lure.</param>
/// <param name="LongestBase64">Length of the longest run of base64, in characters; 0 without one.</param>
/// <param name="HidesText">Whether a run of base64 holds readable text.</param>
/// <param name="Disguises">Number of expressions and variables that only hide a word and were evaluated.</param>
/// <param name="Layers">
/// The arguments, then each level of decoded text: evaluated and without comments, but with quotes and separators of commands.
/// </param>
internal sealed record CommandLineText(
    string Image,
    string Arguments,
    string Effective,
    string Comment,
    int LongestBase64,
    bool HidesText,
    int Disguises,
    IReadOnlyList<string> Layers)
{
    /// <summary>Maximum length of a command line that is used; of a longer one, beginning and end are.</summary>
    /// <value>8,192 UTF-16 units: <c>cmd.exe</c>'s own limit is 8,191.</value>
    public const int MaxLength = 8192;

    /// <summary>Levels of encoding inside each other that are decoded.</summary>
    private const int MaxLevels = 4;

    /// <summary>Maximum length of all decoded text, in UTF-16 units.</summary>
    private const int MaxDecoded = 16384;

    /// <summary>Splits a command line.</summary>
    /// <param name="commandLine">As received.</param>
    /// <param name="path">
    /// The child's path, in lower case. It is recognised at the beginning even if it contains blanks without quotes.
    /// </param>
    /// <param name="name">The child's file name, lower case.</param>
    public static CommandLineText Of(string commandLine, string path, string name)
    {
        var text = ShortLine.Of(commandLine);
        if (text.StartsWith(@"\??\", StringComparison.Ordinal)) text = text[4..];
        text = WithoutEntities(text);

        var end = EndOfImage(text, path, name);
        var (arguments, comment) = CommentText.Split(text.AsSpan(end).Trim().ToString(), name, isScript: false);
        var disguises = 0;
        var first = Read(arguments, MaxDecoded, ref disguises);
        var effective = new TextBuffer(stackalloc char[512]);
        effective.Append(' ');
        Add(first.Rest, name, ref effective);

        List<string> layers = [first.Rest];
        var (decoded, budget) = (first.Decoded, MaxDecoded);
        for (var level = 0; level < MaxLevels && decoded.Length > 0 && budget > 0; level++)
        {
            budget -= decoded.Length;
            var (script, scriptComment) = CommentText.Split(decoded.Trim(), "powershell.exe", isScript: true);
            comment = $"{comment} {scriptComment}";
            var next = Read(script, Math.Max(budget, 0), ref disguises);
            Add(next.Rest, name: "", ref effective);
            layers.Add(next.Rest);
            decoded = next.Decoded;
        }

        var plain = effective.Text.ToString();
        effective.Dispose();
        return new(
            text.AsSpan(0, end).Trim("\" ").ToString(),
            arguments.Trim(),
            plain,
            PlainText.Of(comment).Trim(),
            first.LongestBase64,
            first.HidesText,
            disguises,
            layers);
    }

    /// <summary>Adds the plain form of arguments, or of a decoded script, with a blank behind it.</summary>
    private static void Add(string text, string name, ref TextBuffer effective)
    {
        var plain = new TextBuffer(stackalloc char[512]);
        var folded = new TextBuffer(stackalloc char[512]);
        PlainText.Write(text, ref plain);
        ProgramWords.Fold(plain.Text, name, ref folded);
        var words = folded.Text.Trim();
        if (words.Length > 0 || effective.Length == 1)
        {
            effective.Append(words);
            effective.Append(' ');
        }

        plain.Dispose();
        folded.Dispose();
    }

    private static EncodedText Read(string text, int budget, ref int disguises)
    {
        text = WithoutEscapes(text);
        text = CmdVariables.Expand(text, MaxDecoded, ref disguises);
        return EncodedText.Of(Literals.Evaluate(text, MaxDecoded, ref disguises), budget);
    }

    /// <summary>
    /// Without carets, and with escaped quotes as quotes where one opens a text. A backslash that ends a folder's path stays.
    /// </summary>
    private static string WithoutEscapes(string text)
    {
        text = text.Replace("^", "", StringComparison.Ordinal);
        for (var at = text.IndexOf("\\\"", StringComparison.Ordinal); at >= 0; at = text.IndexOf("\\\"", at + 2, StringComparison.Ordinal))
        {
            if (at == 0 || " (+=,'\"{;".Contains(text[at - 1], StringComparison.Ordinal))
                return text.Replace("\\\"", "\"", StringComparison.Ordinal);
        }

        return text;
    }

    private static int EndOfImage(string text, string path, string name)
    {
        if (text.Length == 0) return 0;
        if (text[0] == '"') return text.IndexOf('"', 1) is > 0 and var close ? close + 1 : text.Length;
        if (path.Length > 0 && text.StartsWith(path, StringComparison.OrdinalIgnoreCase)) return path.Length;
        if (name.Length > 0 && text.StartsWith(name, StringComparison.OrdinalIgnoreCase)) return name.Length;
        if (NameInPath(text, name) is > 0 and var inPath) return inPath;
        var blank = text.AsSpan().IndexOfAny(" \t\r\n");
        return blank < 0 ? text.Length : blank;
    }

    /// <summary>The end of the child's name in a path with blanks that nothing quotes.</summary>
    private static int NameInPath(string text, string name)
    {
        if (name.Length == 0 || text.Length < 3 || text[1] != ':') return 0;
        var at = text.IndexOf($"\\{name}", StringComparison.OrdinalIgnoreCase);
        var end = at + 1 + name.Length;
        return at > 0 && !text.AsSpan(0, at).ContainsAny('"', '/') && (end == text.Length || text[end] == ' ') ? end : 0;
    }

    /// <summary>
    /// Some collectors write the text as HTML. The entities are decoded, so that the features do not depend on the collector.
    /// </summary>
    private static string WithoutEntities(string text) => text.Contains('&') && text.Contains(';')
        ? text.Replace("&gt;", ">", StringComparison.Ordinal).Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&quot;", "\"", StringComparison.Ordinal)
            .Replace("&apos;", "'", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal)
        : text;
}
