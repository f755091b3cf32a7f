namespace Changeling.Features;

/// <summary>
/// Names that imitate the name of a system process: <c>svch0st</c>, <c>lsasss</c>, <c>expIorer</c>, or with letters of another alphabet.
/// </summary>
internal static class LookalikeName
{
    /// <summary>Cyrillic and Greek letters that look like Latin ones, and the Latin letters in the same order.</summary>
    private const string Foreign =
        "\u0430\u0441\u0435\u04bb\u0456\u0458\u04cf\u043e\u0440\u0455\u0445\u0443\u051d\u0501\u03b1\u03b5\u03b9\u03bf\u03c1\u03bd\u03ba";
    private const string LikeLatin = "acehijlopsxywdaeiopvk";

    private static readonly (string Name, string Plain)[] Imitated = [.. FileNames.Imitated.Select(name => (name, Plain(name)))];

    public static bool Is(string stem) =>
        stem.Length is >= 4 and <= 16
            && !KnownBinaries.IsKnown(stem + ".exe")
            && IsNearOne(stem);

    private static bool IsNearOne(string stem)
    {
        var plain = Plain(stem);
        foreach (var (name, plainName) in Imitated)
        {
            if (stem == name || Math.Abs(stem.Length - name.Length) > 1) continue;
            if (plain == plainName || (name.Length >= 5 && (IsOneEditApart(stem, name) || IsSwap(stem, name)))) return true;
        }

        return false;
    }

    private static string Plain(string text) =>
        Latin(text).Replace('0', 'o').Replace('1', 'l').Replace('i', 'l').Replace('5', 's').Replace("rn", "m", StringComparison.Ordinal);

    private static string Latin(string text) => System.Text.Ascii.IsValid(text)
        ? text
        : string.Create(text.Length, text, (latin, t) =>
        {
            for (var i = 0;
                 i < t.Length;
                 i++) latin[i] = Foreign.IndexOf(t[i], StringComparison.Ordinal) is >= 0 and var at ? LikeLatin[at] : t[i];
        });

    private static bool IsOneEditApart(string a, string b)
    {
        var start = a.AsSpan().CommonPrefixLength(b);
        var restA = a.AsSpan(start);
        var restB = b.AsSpan(start);
        if (restA.Length == restB.Length) return restA[1..].SequenceEqual(restB[1..]);
        return restA.Length > restB.Length ? restA[1..].SequenceEqual(restB) : restB[1..].SequenceEqual(restA);
    }

    private static bool IsSwap(string a, string b)
    {
        var at = a.AsSpan().CommonPrefixLength(b);
        return a.Length == b.Length
            && at + 1 < a.Length
            && a[at] == b[at + 1]
            && a[at + 1] == b[at]
            && a.AsSpan(at + 2).SequenceEqual(b.AsSpan(at + 2));
    }
}
