using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Changeling.Simulation.Words;

/// <summary>
/// Fills placeholders of paths and command lines: <c>&lt;user&gt;</c>, <c>&lt;hex:8&gt;</c>, <c>&lt;num:1-9&gt;</c>,
/// <c>&lt;guid&gt;</c>, a word list's name, or <c>&lt;encoded:script&gt;</c>. <c>&lt;=…&gt;</c> keeps its first value for the
/// whole scene.
/// </summary>
internal static partial class Template
{
    public static string Fill(string template, Chance chance, IDictionary<string, string> values)
    {
        if (!template.Contains('<', StringComparison.Ordinal)) return template;
        return Placeholder().Replace(template, match => Value(match, chance, values));
    }

    private static string Value(Match match, Chance chance, IDictionary<string, string> values)
    {
        var (word, argument) = (match.Groups["word"].Value, match.Groups["argument"].Value);
        if (match.Groups["keep"].Length == 0)
        {
            return values.TryGetValue(word, out var given) ? given : Drawn(word, argument, chance, values) ?? match.Value;
        }

        var key = $"{word}:{argument}";
        if (!values.TryGetValue(key, out var kept)) values[key] = kept = Drawn(word, argument, chance, values) ?? match.Value;
        return kept;
    }

    private static string? Drawn(string word, string argument, Chance chance, IDictionary<string, string> values) => word switch
    {
        "guid" => chance.Guid().ToString(),
        "hex" => chance.Hex(int.Parse(argument, CultureInfo.InvariantCulture)),
        "num" => Number(argument, chance),
        "encoded" => Encoded(Fill(chance.Pick(Scripts.Find(argument)), chance, values)),
        _ => WordLists.Find(word) is { } list ? Fill(chance.Pick(list), chance, values) : null,
    };

    private static string Number(string range, Chance chance)
    {
        var ends = range.Split('-');
        return chance.Between(long.Parse(ends[0], CultureInfo.InvariantCulture), long.Parse(ends[1], CultureInfo.InvariantCulture))
            .ToString(CultureInfo.InvariantCulture);
    }

    private static string Encoded(string script) => Convert.ToBase64String(Encoding.Unicode.GetBytes(script));

    [GeneratedRegex(@"<(?<keep>=?)(?<word>[a-z0-9-]+)(?::(?<argument>[^<>]+))?>", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
