using System.Collections.Frozen;
using System.Globalization;

namespace Changeling.Features;

/// <summary>
/// What an analyst would call a computed feature: a noun phrase, in which <c>{0}</c> is the value. A table beside the schema, since
/// words may be mended without training again.
/// </summary>
internal static class FeaturePhrases
{
    private static readonly FrozenDictionary<string, string> Own = OwnPhrases.All.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The phrase of a feature.</summary>
    /// <param name="feature">Its name, or <c>….absent</c> (<see cref="Reasons"/>).</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="value">Its value in the event; <see langword="null"/> without one.</param>
    public static string Of(string feature, string unit, float? value)
    {
        var forms = Forms(Phrase(feature) ?? GramPhrases.Words(feature.Replace('.', ' ')));
        var phrase = forms[^1];
        if (value is not { } number) return phrase.Replace("{0}", "some", StringComparison.Ordinal);
        if (!phrase.Contains("{0}", StringComparison.Ordinal)) return number == 0 ? $"no {phrase}" : phrase;

        var text = Number(phrase, unit, number);
        if (forms.Length > 1 && (number == 0 || text == "1")) return number == 0 ? forms[0] : forms[1];
        return phrase.Replace("{0}", text, StringComparison.Ordinal);
    }

    /// <summary>The phrase before a value is put in; <see langword="null"/> for a feature without one.</summary>
    internal static string? Phrase(string feature)
    {
        if (Own.TryGetValue(feature, out var own)) return own;
        if (After(feature, "child.kind.") is { } childKind)
            return childKind == "unknown" ? "unknown program as the child" : $"{GramPhrases.Words(childKind)} program as the child";
        if (After(feature, "parent.kind.") is { } parentKind)
            return parentKind == "unknown" ? "unknown program as the parent" : $"{GramPhrases.Words(parentKind)} program as the parent";
        if (After(feature, "child.place.") is { } childPlace) return $"child in {GramPhrases.Place(childPlace)}";
        if (After(feature, "parent.place.") is { } parentPlace) return $"parent in {GramPhrases.Place(parentPlace)}";
        if (After(feature, "inner.kind.") is { } inner) return $"{GramPhrases.Words(inner)} program inside the shell's command";
        if (After(feature, "command_line.") is { } file && file.EndsWith("_file", StringComparison.Ordinal))
            return $"{GramPhrases.Words(file)} in the arguments";
        return After(feature, "parent.") is { } ofParent && Own.TryGetValue(ofParent, out var shared)
            ? string.Join('|', Forms(shared).Select(f => $"{f}, by the parent"))
            : null;
    }

    /// <summary>The forms of a phrase for none, one and more, or its only one.</summary>
    private static string[] Forms(string phrase) => phrase.Split('|') is { Length: 3 } forms ? forms : [phrase];

    private static string? After(string feature, string start) =>
        feature.StartsWith(start, StringComparison.Ordinal) ? feature[start.Length..] : null;

    private static string Number(string phrase, string unit, float value)
    {
        if (value == 0) return phrase.StartsWith("{0}", StringComparison.Ordinal) ? "no" : "0";
        var (number, format) = unit switch
        {
            _ when unit.StartsWith("log", StringComparison.Ordinal) => (MathF.Pow(2, value) - 1, "N0"),
            _ when unit.StartsWith("share", StringComparison.Ordinal) => (value, "0 %"),
            _ => (value, "0.##"),
        };
        return number.ToString(format, CultureInfo.InvariantCulture);
    }
}
