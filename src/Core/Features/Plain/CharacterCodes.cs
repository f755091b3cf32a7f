using System.Globalization;
using System.Text;

namespace Changeling.Features;

/// <summary>Finds lists of character codes, as in <c>105,101,120</c> or <c>0x69,0x65,0x78</c>, that hold readable text.</summary>
internal static class CharacterCodes
{
    /// <summary>Minimum number of codes where the text speaks of characters.</summary>
    private const int MinAnnounced = 3;

    /// <summary>Minimum number elsewhere: ports and versions make shorter lists.</summary>
    private const int MinOthers = 10;

    private const double MinLetters = 0.5;
    private const int MaxLists = 8;
    private const string Separators = ",;-:~_|+";

    private static readonly string[] Announcements = ["[char", "charcode", "chr(", "chrw(", "tochar"];

    /// <summary>The lists that hold text, in order.</summary>
    public static IReadOnlyList<EncodedRun> Find(string text)
    {
        List<EncodedRun>? lists = null;
        bool? announced = null;
        for (var i = 0; i < text.Length && (lists?.Count ?? 0) < MaxLists;)
        {
            if (!char.IsAsciiDigit(text[i]) || (i > 0 && char.IsAsciiLetterOrDigit(text[i - 1])))
            {
                i++;
                continue;
            }

            var (end, codes) = ListAt(text, i);
            if (codes.Length >= MinAnnounced
                && (codes.Length >= MinOthers || (announced ??= IsAnnounced(text)))
                && codes.Count(char.IsAsciiLetter) >= codes.Length * MinLetters)
                (lists ??= []).Add(new(i, end, codes));
            i = end;
        }

        return lists ?? [];
    }

    /// <summary>The characters of codes in text, which is a list.</summary>
    public static string Read(string list) => ListAt(list, 0).Codes;

    /// <summary>The number that a code in decimal or after <c>0x</c> stands for; 0 if it is no printable character.</summary>
    public static char CharacterOf(ReadOnlySpan<char> code)
    {
        var isHexadecimal = code.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var style = isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return int.TryParse(isHexadecimal ? code[2..] : code, style, CultureInfo.InvariantCulture, out var number)
            && number is (>= ' ' and <= '~') or '\t' or '\r' or '\n'
                ? (char)number
                : '\0';
    }

    private static bool IsAnnounced(string text) =>
        Array.Exists(Announcements, a => text.Contains(a, StringComparison.OrdinalIgnoreCase));

    /// <summary>Numbers that one and the same separator keeps apart; it ends before the first that is no character.</summary>
    private static (int End, string Codes) ListAt(string text, int start)
    {
        StringBuilder? codes = null;
        var (at, end, separator) = (start, start, '\0');
        while (true)
        {
            var length = CodeLength(text.AsSpan(at));
            var c = length == 0 ? '\0' : CharacterOf(text.AsSpan(at, length));
            if (c == '\0') return codes is null ? (at + Math.Max(length, 1), "") : (end, codes.ToString());
            (codes ??= new()).Append(c);
            end = at = at + length;
            while (at < text.Length && text[at] == ' ') at++;
            if (at >= text.Length) return (end, codes.ToString());
            if (Separators.Contains(text[at], StringComparison.Ordinal) && (separator == '\0' || separator == text[at]))
                separator = text[at++];
            else if (at == end || separator is not ('\0' or ' ')) return (end, codes.ToString());
            else separator = ' ';
            while (at < text.Length && text[at] == ' ') at++;
        }
    }

    private static int CodeLength(ReadOnlySpan<char> text)
    {
        var isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var length = isHexadecimal ? 2 : 0;
        while (length < text.Length && length < 8 && IsDigit(text[length], isHexadecimal)) length++;
        return length;
    }

    private static bool IsDigit(char c, bool isHexadecimal) => char.IsAsciiDigit(c) || (isHexadecimal && char.IsAsciiHexDigit(c));
}
