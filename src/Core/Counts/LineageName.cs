using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Changeling.Counts;

/// <summary>
/// Replaces the parts of a file name that change with version or run, so that one program keeps one name. These are GUIDs, dotted versions,
/// hexadecimal runs of six or more with a digit, <c>.tmp</c> stems with a digit, and a trailing <c> (n)</c>. One or two digits stay,
/// because <c>rundll32</c>, <c>w3wp</c> and <c>7z</c> are names.
/// </summary>
public static partial class LineageName
{
    /// <summary>Longest name that stays whole.</summary>
    /// <value>260 UTF-16 units (Windows' <c>MAX_PATH</c>).</value>
    public const int MaxLength = 260;

    private const int DigestDigits = 64;

    /// <summary>Folds one lower-case file name.</summary>
    /// <returns>
    /// The name with each volatile part replaced by <c>*</c>. A name above <see cref="MaxLength"/> becomes its beginning,
    /// <c>~</c> and the SHA-256 of the whole, <see cref="MaxLength"/> units in all.
    /// </returns>
    public static string Fold(string name)
    {
        if (name.Length > MaxLength) return Shorten(name);
        if (!MayBeVolatile(name)) return name;

        if (TemporaryStem().IsMatch(name)) return "*.tmp" + name[(name.IndexOf(".tmp", StringComparison.Ordinal) + 4)..];
        var folded = Guid().Replace(name, "*");
        folded = Version().Replace(folded, "*");
        folded = HexRun().Replace(folded, m => m.ValueSpan.ContainsAnyInRange('0', '9') ? "*" : m.Value);
        return CopyNumber().Replace(folded, "*$1");
    }

    /// <summary>
    /// Limits the length of a name of a host or user: unchanged up to <see cref="MaxLength"/>, otherwise shortened as <see cref="Fold"/>
    /// shortens.
    /// </summary>
    public static string Bound(string name) => name.Length > MaxLength ? Shorten(name) : name;

    private static bool MayBeVolatile(string name) => name.AsSpan().ContainsAnyInRange('0', '9');

    private static string Shorten(string name)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(name)));
        return $"{name.AsSpan(0, MaxLength - DigestDigits - 1)}~{digest}";
    }

    [GeneratedRegex(@"\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?", RegexOptions.CultureInvariant)]
    private static partial Regex Guid();

    [GeneratedRegex(@"\d+(?:\.\d+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex(@"(?<![0-9a-z])[0-9a-f]{6,}(?![0-9a-z])", RegexOptions.CultureInvariant)]
    private static partial Regex HexRun();

    /// <summary>Every <c>.tmp</c> stem that holds a digit folds whole; installers append <c>.exe</c> to such a stem.</summary>
    [GeneratedRegex(@"^[^.]*[0-9][^.]*\.tmp(?:\.[a-z]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex TemporaryStem();

    [GeneratedRegex(@" \(\d+\)(\.[a-z0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex CopyNumber();
}
