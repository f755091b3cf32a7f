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
            if (text.AsSpan(i).IndexOfAnyInRange('0', '9') is >= 0 and var digit) i += digit;
            else break;
            if (i > 0 && char.IsAsciiLetterOrDigit(text[i - 1]))
            {
                i++;
                continue;
            }

            var (end, count) = ListAt(text, i, codes: null);
            if (count >= MinAnnounced && (count >= MinOthers || (announced ??= IsAnnounced(text))))
            {
                var codes = new StringBuilder(count);
                ListAt(text, i, codes);
                var characters = codes.ToString();
                if (characters.Count(char.IsAsciiLetter) >= count * MinLetters) (lists ??= []).Add(new(i, end, characters));
            }

            i = end;
        }

        return lists ?? [];
    }

    /// <summary>The characters of codes in text, which is a list.</summary>
    public static string Read(string list)
    {
        var codes = new StringBuilder();
        ListAt(list, 0, codes);
        return codes.ToString();
    }

    /// <summary>The number that a code in decimal or after <c>0x</c> stands for; 0 if it is no printable character.</summary>
    public static char CharacterOf(ReadOnlySpan<char> code)
    {
        var isHexadecimal = IsHexadecimal(code);
        var number = 0;
        foreach (var c in isHexadecimal ? code[2..] : code)
        {
            if (!IsDigit(c, isHexadecimal)) return '\0';
            number = (number * (isHexadecimal ? 16 : 10)) + (char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
            if (number > '~') return '\0';
        }

        return number is >= ' ' or '\t' or '\r' or '\n' ? (char)number : '\0';
    }

    private static bool IsAnnounced(string text) =>
        Array.Exists(Announcements, a => text.Contains(a, StringComparison.OrdinalIgnoreCase));

    /// <summary>Numbers that one and the same separator keeps apart; it ends before the first that is no character.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the list begins.</param>
    /// <param name="codes">Receives the characters.</param>
    private static (int End, int Count) ListAt(string text, int start, StringBuilder? codes)
    {
        var (at, end, count, separator) = (start, start, 0, '\0');
        while (true)
        {
            var length = CodeLength(text.AsSpan(at));
            var c = length == 0 ? '\0' : CharacterOf(text.AsSpan(at, length));
            if (c == '\0') return count == 0 ? (at + Math.Max(length, 1), 0) : (end, count);
            codes?.Append(c);
            count++;
            end = at = at + length;
            while (at < text.Length && text[at] == ' ') at++;
            if (at >= text.Length) return (end, count);
            if (Separators.Contains(text[at], StringComparison.Ordinal) && (separator == '\0' || separator == text[at]))
                separator = text[at++];
            else if (at == end || separator is not ('\0' or ' ')) return (end, count);
            else separator = ' ';
            while (at < text.Length && text[at] == ' ') at++;
        }
    }

    private static int CodeLength(ReadOnlySpan<char> text)
    {
        var isHexadecimal = IsHexadecimal(text);
        var length = isHexadecimal ? 2 : 0;
        while (length < text.Length && length < 8 && IsDigit(text[length], isHexadecimal)) length++;
        return length;
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> code) => code is ['0', 'x' or 'X', ..];

    private static bool IsDigit(char c, bool isHexadecimal) => char.IsAsciiDigit(c) || (isHexadecimal && char.IsAsciiHexDigit(c));
}
