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
    public static IReadOnlyList<string> Of(string text) => Split(Text(text));

    /// <summary>The words of a text of folded words.</summary>
    public static IReadOnlyList<string> Split(string folded) => folded.Length == 0 ? [] : folded.Split(' ');

    /// <summary>The folded words of a plain text, in order, with a blank between them; no word contains one.</summary>
    public static string Text(string plain)
    {
        var folded = new TextBuffer(stackalloc char[512]);
        var (count, skipNext) = (0, 0);

        // The word before, as it stands at the end of what is folded; empty where it was left out.
        var before = 0;
        var rest = plain.AsSpan();
        while (!rest.IsEmpty && count < Most)
        {
            var end = rest.IndexOfAny(Separators);
            var word = (end < 0 ? rest : rest[..end]).Trim('.');
            rest = end < 0 ? default : rest[(end + 1)..];
            if (word.Length < 2 && !(word.Length == 1 && char.IsAsciiLetter(word[0]))) continue;

            var start = folded.Length;
            if (start > 0) folded.Append(' ');
            var lead = folded.Length - start;
            var isSkipped = skipNext > 0 && !IsFileName(word);
            if (!isSkipped) Fold(word, folded.Text[(start - before)..start], ref folded);
            skipNext = Math.Max(0, skipNext - 1);
            var length = folded.Length - start - lead;
            if (before > 0 && folded.Text[(start - before)..start] is "program" && folded.Text[(start + lead)..] is "files")
            {
                // The folder of programs and a vendor's folder in it say nothing: anyone can name them.
                folded.Set(Math.Max(0, start - before - 1));
                count--;
                (before, skipNext) = (0, 2);
                continue;
            }

            before = length;
            if (length > 0) count++;
            else folded.Set(start);
        }

        var result = folded.Text.ToString();
        folded.Dispose();
        return result;
    }

    /// <summary>Adds the folded form of a word; nothing where it is left out.</summary>
    private static void Fold(
        scoped ReadOnlySpan<char> word, scoped ReadOnlySpan<char> before, ref TextBuffer folded)
    {
        if (before is "users") folded.Append(word is "public" or "default" ? word : "#user");
        else if (before is "http" or "ftp") folded.Append("#host");
        else if (word.Length >= LongWord) folded.Append("#long");
        else if (IsHexadecimal(word)) folded.Append("#hex");
        else if (!word.ContainsAnyInRange('0', '9')) AddWithoutNumbers(word, ref folded);
        else
        {
            Span<char> room = stackalloc char[LongWord];
            AddWithoutNumbers(room[..WithoutNumbers(word, room)], ref folded);
        }
    }

    private static void AddWithoutNumbers(scoped ReadOnlySpan<char> word, ref TextBuffer folded)
    {
        if (word is "0.0.0.0") folded.Append("#ip");
        else if (!FileNames.IsTestKit(word)) AddFileName(word, ref folded);
    }

    private static void AddFileName(scoped ReadOnlySpan<char> word, ref TextBuffer folded)
    {
        if (!IsFileName(word) || FileNames.SaysWhatHappens(word))
        {
            folded.Append(word);
        }
        else if (KnownBinaries.IsKnown(word))
        {
            folded.Append(word.EndsWith(".exe") ? word[..^4] : word);
        }
        else
        {
            folded.Append('*');
            folded.Append(word[word.LastIndexOf('.')..]);
        }
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

    /// <summary>Writes a word with each run of digits as 0.</summary>
    /// <returns>The number of characters.</returns>
    private static int WithoutNumbers(ReadOnlySpan<char> word, Span<char> folded)
    {
        if (IsNamedNumber(word))
        {
            word.CopyTo(folded);
            return word.Length;
        }

        var length = 0;
        foreach (var c in word)
        {
            var isDigit = char.IsAsciiDigit(c);
            if (isDigit && length > 0 && folded[length - 1] == '0') continue;
            folded[length++] = isDigit ? '0' : c;
        }

        return length;
    }

    /// <summary>Windows names whose digits are part of the name.</summary>
    private static bool IsNamedNumber(ReadOnlySpan<char> word) =>
        word.Contains("32", StringComparison.Ordinal) && word.Length >= 6
        || word is "net1.exe" or "net1" or "frombase64string" or "7z" or "7z.exe";
}
