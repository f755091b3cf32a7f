using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Changeling.Features;

/// <summary>
/// Evaluates expressions of quoted pieces that PowerShell, VBScript and JavaScript join at run time: concatenation, characters by number,
/// the format operator, <c>-join</c>, <c>Replace</c> and reversal. Whatever is not plainly such an expression stays as it is.
/// </summary>
/// <remarks>The expressions do not backtrack, so that their time is linear in the length of the text.</remarks>
internal static class Literals
{
    private const string Literal = """(?:'[^']*'|"[^"]*")""";
    private const string List = Literal + @"(?:\s*,\s*" + Literal + ")";
    private const string Number = "(?:0x[0-9a-f]{1,4}|[0-9]{1,3})";
    private const int MaxRounds = 3;
    private const int MaxReplaces = 8;

    /// <summary>What an expression that is not only joined with <c>+</c> or formatted contains.</summary>
    private static readonly SearchValues<string> Operators = SearchValues.Create(
        ["[char", "charcode", "chr(", "chrw(", "vbscript", "-join", "replace", "-1", "strreverse"], StringComparison.OrdinalIgnoreCase);

    private static readonly Lazy<Regex> Characters = Make(
        @"\[char\]\s*(?:\(\s*" + Number + @"\s*\)|" + Number + @")|\bchrw?\(\s*" + Number + @"\s*\)");
    private static readonly Lazy<Regex> CharacterList = Make(
        @"(?:\[char\[\]\]\s*@?|fromcharcode\s*)\(\s*" + Number + @"(?:\s*,\s*" + Number + @")*\s*\)");

    private static readonly Lazy<Regex> Format = Make("(" + Literal + @")\s*\)?\s*-f\s*\(?\s*(" + List + "*)");
    private static readonly Lazy<Regex> JoinBefore = Make(@"-join\s*\(\s*(" + List + @"+)\s*\)");
    private static readonly Lazy<Regex> JoinBehind = Make("(" + List + @"+)\s*\)?\s*-join\s*(?:''|"""")");
    private static readonly Lazy<Regex> Replaced = Make(
        "(" + Literal + @")\s*\)?\s*(?:\.replace\s*\(|-[ci]?replace\s*\(?)\s*(" + Literal + @")\s*,\s*(" + Literal + @")\s*\)?");

    private static readonly Lazy<Regex> Reversed = Make(
        "(" + Literal + @")\s*\)?\s*\[\s*-1\s*\.\.\s*-\s*[0-9]+\s*\]|strreverse\(\s*(" + Literal + @")\s*\)");
    private static readonly Lazy<Regex> Pieces = Make(Literal);
    private static readonly Lazy<Regex> Numbers = Make("0x[0-9a-f]+|[0-9]+");
    private static readonly Lazy<Regex> Places = Make(@"\{[0-9]{1,2}\}");

    /// <summary>The text with such expressions evaluated.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Maximum length where the text becomes longer.</param>
    /// <param name="disguises">Raised by the number of expressions.</param>
    public static string Evaluate(string text, int most, ref int disguises)
    {
        var count = 0;
        text = PercentText.Decode(text, ref count);
        if (!text.AsSpan().ContainsAny("'\"[(") || (text.Length <= most && !MayHold(text))) return Add(text, count, ref disguises);
        var isBasic = Has(text, "chr(") || Has(text, "chrw(") || Has(text, "vbscript");
        if (Has(text, "[char") || Has(text, "charcode") || isBasic)
        {
            text = CharacterList.Value.Replace(text, m => Counted(ListOf(m.Value), m.Value, ref count));
            text = Characters.Value.Replace(text, m => Counted(ListOf(m.Value), m.Value, ref count));
        }

        for (var round = 0; round < MaxRounds; round++)
        {
            var before = count;
            text = WithoutSeams(text, isBasic, ref count);
            if (text.Contains('{') && Has(text, "-f")) text = Format.Value.Replace(text, m => Counted(Formatted(m), m.Value, ref count));
            if (Has(text, "-join"))
            {
                text = JoinBefore.Value.Replace(text, m => Counted(Joined(m.Groups[1].Value), m.Value, ref count));
                text = JoinBehind.Value.Replace(text, m => Counted(Joined(m.Groups[1].Value), m.Value, ref count));
            }

            for (var i = 0; i < MaxReplaces && Has(text, "replace") && text.Length <= most; i++)
            {
                var replaced = count;
                text = Replaced.Value.Replace(text, m => Counted(Substituted(m), m.Value, ref count), 1);
                if (replaced == count) break;
            }

            if (Has(text, "-1") || Has(text, "strreverse"))
                text = Reversed.Value.Replace(text, m => Counted(Reverse(m.Groups[1].Value + m.Groups[2].Value), m.Value, ref count));
            if (count == before || text.Length > most) break;
        }

        return Add(text.Length > most ? text[..most] : text, count, ref disguises);
    }

    private static bool MayHold(string text) =>
        text.Contains('+') || text.AsSpan().ContainsAny(Operators) || (text.Contains('{') && Has(text, "-f"));

    /// <summary>Made at its first use: few texts hold such an expression, and each takes milliseconds to make.</summary>
    private static Lazy<Regex> Make(string pattern) =>
        new(() => new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string Add(string text, int count, ref int disguises)
    {
        disguises += count;
        return text;
    }

    private static string Counted(string? result, string otherwise, ref int count)
    {
        if (result is null) return otherwise;
        count++;
        return result;
    }

    /// <summary>Joins pieces with <c>+</c> between them, and in VBScript with <c>&amp;</c>.</summary>
    private static string WithoutSeams(string text, bool isBasic, ref int count)
    {
        if (!text.Contains('+') && !(isBasic && text.Contains('&'))) return text;
        var joined = new StringBuilder(text.Length);
        var (single, both) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is not ('\'' or '"'))
            {
                joined.Append(c);
                continue;
            }

            var isClosing = ((c == '"' ? both : single) & 1) == 1 || (i > 0 && char.IsLetterOrDigit(text[i - 1]));
            if (isClosing && SeamLength(text.AsSpan(i + 1), isBasic) is > 0 and var length)
            {
                i += length;
                count++;
                continue;
            }

            if (c == '"') both++;
            else single++;
            joined.Append(c);
        }

        return joined.ToString();
    }

    /// <summary>Blanks, the operator, blanks and the next opening quote.</summary>
    private static int SeamLength(ReadOnlySpan<char> text, bool isBasic)
    {
        var blanks = text[..Math.Min(text.Length, 16)];
        var at = blanks.Length - blanks.TrimStart().Length;
        if (at >= text.Length || !(text[at] == '+' || (isBasic && text[at] == '&'))) return 0;
        at++;
        blanks = text[at..Math.Min(text.Length, at + 16)];
        at += blanks.Length - blanks.TrimStart().Length;
        return at < text.Length && text[at] is '\'' or '"' ? at + 1 : 0;
    }

    private static string? ListOf(string match)
    {
        var quote = match[0] is 'c' or 'C' ? '"' : '\'';
        var text = new StringBuilder().Append(quote);
        foreach (var number in Numbers.Value.EnumerateMatches(match))
        {
            if (CharacterCodes.CharacterOf(match.AsSpan(number.Index, number.Length)) is not '\0' and var c) text.Append(c);
            else return null;
        }

        return text.Append(quote).ToString();
    }

    private static List<string> PiecesOf(string list) => [.. Pieces.Value.Matches(list).Take(256).Select(m => m.Value[1..^1])];

    private static string Joined(string list) => $"'{string.Concat(PiecesOf(list))}'";

    private static string? Formatted(Match match)
    {
        var format = match.Groups[1].Value;
        if (!format.Contains('{')) return null;
        var pieces = PiecesOf(match.Groups[2].Value);
        var length = 0;
        return Places.Value.Replace(format, place =>
        {
            var index = int.Parse(place.ValueSpan[1..^1], System.Globalization.CultureInfo.InvariantCulture);
            if (index >= pieces.Count || (length += pieces[index].Length) > CommandLineText.MaxLength) return "";
            return pieces[index];
        });
    }

    private static string? Substituted(Match match)
    {
        var (text, old, by) = (match.Groups[1].Value[1..^1], match.Groups[2].Value[1..^1], match.Groups[3].Value[1..^1]);
        if (old.Length == 0 || text.Length * (by.Length + 1L) > CommandLineText.MaxLength * 8L) return null;
        return $"'{text.Replace(old, by, StringComparison.OrdinalIgnoreCase)}'";
    }

    private static string Reverse(string literal)
    {
        var characters = literal.ToCharArray();
        Array.Reverse(characters);
        return new(characters);
    }
}
