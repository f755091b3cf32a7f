using System.Text;
using Changeling.Features;

namespace Changeling.Core.Tests.Features;

/// <summary>Plain text and folded words, made in the most direct way: what the fast ways are compared with.</summary>
internal static class DirectText
{
    /// <summary>As <see cref="PlainText.Of"/>.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder();
        var (inPath, inQuotedPath) = (false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"') inQuotedPath = false;
            if (c is '"' or '^' or '`') continue;
            if (char.IsWhiteSpace(c)) c = ' ';
            var atStart = plain.Length == 0 || plain[^1] == ' ';
            if (c == ' ' && atStart) continue;
            if (c == '/' && atStart) inPath = inQuotedPath = false;
            inPath = inQuotedPath || (inPath && !" ',;|<>".Contains(c));
            if (inPath && c is '/' or '\\')
            {
                if (plain[^1] != '\\') plain.Append('\\');
                continue;
            }

            if (PlainText.IsDash(c) || (c == '/' && atStart && IsSwitch(text[(i + 1)..]))) c = '-';
            plain.Append(char.ToLowerInvariant(c));
            if (c == ':' && i + 1 < text.Length && text[i + 1] is '\\' or '/')
            {
                inPath = IsDrive(plain.ToString());
                if (inPath) plain[^2] = 'c';
                inQuotedPath = inPath && i > 1 && text[i - 2] == '"';
            }

            if (plain.ToString().EndsWith("https://", StringComparison.Ordinal)) plain.Remove(plain.Length - 4, 1);
        }

        return plain.ToString().Replace(@"\progra~1", @"\program files", StringComparison.Ordinal)
            .Replace(@"\progra~2", @"\program files (x86)", StringComparison.Ordinal)
            .Replace(@"\progra~3", @"\programdata", StringComparison.Ordinal);
    }

    /// <summary>As <see cref="FoldedWords.Of"/>.</summary>
    public static List<string> Words(string plain)
    {
        var (words, skip, before) = (new List<string>(), 0, "");
        foreach (var piece in plain.Split([.. " \t\\/,;:=(){}[]|&<>@!+*?#~'\""]))
        {
            var word = piece.Trim('.');
            if (words.Count == FoldedWords.Most || (word.Length < 2 && !word.Any(char.IsAsciiLetter))) continue;
            var folded = skip > 0 && !IsFileName(word) ? "" : Fold(word, before);
            skip = Math.Max(0, skip - 1);
            if (before == "program" && folded == "files")
            {
                words.RemoveAt(words.Count - 1);
                (folded, skip) = ("", 2);
            }

            before = folded;
            if (folded.Length > 0) words.Add(folded);
        }

        return words;
    }

    private static bool IsSwitch(string rest)
    {
        var token = rest.TakeWhile(c => !char.IsWhiteSpace(c) && c is not (':' or '"'));
        return !token.Contains('/');
    }

    private static bool IsDrive(string plain)
    {
        if (plain.Length < 2 || !char.IsAsciiLetterLower(plain[^2])) return false;
        if (plain.Length == 2) return true;
        if (char.IsLetterOrDigit(plain[^3]) || "-_$.".Contains(plain[^3])) return false;
        return plain[^3] != '/' || (plain.Length > 3 && plain[^4] == '/');
    }

    private static string Fold(string word, string before)
    {
        if (before == "users") return word is "public" or "default" ? word : "#user";
        if (before is "http" or "ftp") return "#host";
        if (word.Length >= 40) return "#long";
        var digits = word.StartsWith("0x", StringComparison.Ordinal) ? word[2..] : word;
        if (digits.Length >= 6 && digits.Any(char.IsAsciiDigit) && digits.All("0123456789abcdef-".Contains)) return "#hex";
        var text = IsNamedNumber(word) ? word : System.Text.RegularExpressions.Regex.Replace(word, "[0-9]+", "0");
        if (text == "0.0.0.0") return "#ip";
        if (FileNames.IsTestKit(text)) return "";
        if (!IsFileName(text) || FileNames.SaysWhatHappens(text)) return text;
        if (KnownBinaries.IsKnown(text)) return text.EndsWith(".exe", StringComparison.Ordinal) ? text[..^4] : text;
        return "*" + text[text.LastIndexOf('.')..];
    }

    private static bool IsFileName(string word) =>
        word.LastIndexOf('.') is >= 1 and var dot && word.Length - dot is >= 3 and <= 5 && FileNames.IsExtension(word.AsSpan(dot + 1));

    private static bool IsNamedNumber(string word) =>
        (word.Contains("32", StringComparison.Ordinal) && word.Length >= 6)
        || word is "net1.exe" or "net1" or "frombase64string" or "7z" or "7z.exe";
}
