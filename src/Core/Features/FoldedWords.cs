using System.Buffers;

namespace Changeling.Features;

/// <summary>
/// Splits plain text into words, and replaces what is specific to one machine or one run. These are numbers, GUIDs and hexadecimal,
/// addresses and host names, profile folders, long random text, and unknown file names (their extension stays). The folder of programs is
/// left out.
/// </summary>
internal static class FoldedWords
{
    /// <summary>Maximum number of words kept of one command line.</summary>
    public const int Most = 400;

    private const int LongWord = 40;

    /// <summary>The characters that separate words.</summary>
    internal static readonly SearchValues<char> Separators = SearchValues.Create(" \t\\/,;:=(){}[]|&<>@!+*?#~'\"");

    /// <summary>The folded words of a plain text, in order.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var skipNext = 0;
        var before = "";
        var rest = text.AsSpan();
        while (!rest.IsEmpty && words.Count < Most)
        {
            var end = rest.IndexOfAny(Separators);
            var word = (end < 0 ? rest : rest[..end]).Trim('.');
            rest = end < 0 ? default : rest[(end + 1)..];
            if (word.Length < 2 && !(word.Length == 1 && char.IsAsciiLetter(word[0]))) continue;

            var folded = skipNext > 0 && !IsFileName(word) ? "" : Fold(word, before);
            skipNext = Math.Max(0, skipNext - 1);
            if (before == "program" && folded == "files")
            {
                // The folder of programs and a vendor's folder in it say nothing: anyone can name them.
                words.RemoveAt(words.Count - 1);
                (folded, skipNext) = ("", 2);
            }

            before = folded;
            if (folded.Length > 0) words.Add(folded);
        }

        return words;
    }

    private static string Fold(ReadOnlySpan<char> word, string before)
    {
        if (before is "users") return word is "public" or "default" ? word.ToString() : "#user";
        if (before is "http" or "ftp") return "#host";
        if (word.Length >= LongWord) return "#long";
        if (IsHexadecimal(word)) return "#hex";
        var text = WithoutNumbers(word);
        if (text is "0.0.0.0") return "#ip";
        if (FileNames.IsTestKit(text)) return "";
        return FileName(text);
    }

    private static string FileName(string word)
    {
        if (!IsFileName(word) || FileNames.SaysWhatHappens(word)) return word;
        if (KnownBinaries.IsKnown(word)) return word.EndsWith(".exe", StringComparison.Ordinal) ? word[..^4] : word;
        return "*" + word[word.LastIndexOf('.')..];
    }

    private static bool IsFileName(ReadOnlySpan<char> word)
    {
        var dot = word.LastIndexOf('.');
        if (dot < 1 || word.Length - dot is < 3 or > 5) return false;
        return FileNames.IsExtension(word[(dot + 1)..]);
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> word)
    {
        if (word.StartsWith("0x")) word = word[2..];
        if (word.Length < 6) return false;
        var digits = 0;
        foreach (var c in word)
        {
            if (char.IsAsciiDigit(c)) digits++;
            else if (c is not ((>= 'a' and <= 'f') or '-')) return false;
        }

        return digits > 0;
    }

    private static string WithoutNumbers(ReadOnlySpan<char> word)
    {
        Span<char> folded = stackalloc char[LongWord];
        var length = 0;
        foreach (var c in word)
        {
            var isDigit = char.IsAsciiDigit(c);
            if (isDigit && length > 0 && folded[length - 1] == '0' && !IsNamedNumber(word)) continue;
            folded[length++] = isDigit && !IsNamedNumber(word) ? '0' : c;
        }

        return folded[..length].ToString();
    }

    /// <summary>Windows names whose digits are part of the name.</summary>
    private static bool IsNamedNumber(ReadOnlySpan<char> word) =>
        word.Contains("32", StringComparison.Ordinal) && word.Length >= 6
        || word is "net1.exe" or "net1" or "frombase64string" or "7z" or "7z.exe";
}
