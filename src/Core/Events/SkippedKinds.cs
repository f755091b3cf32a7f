using System.Collections.Frozen;
using System.Globalization;
using Changeling.Catalogues;

namespace Changeling.Events;

/// <summary>
/// The kinds under which skipped records are counted: a closed list, <c>Words/skipped-kinds.txt</c>, and the numbers that Windows and
/// OCSF give. Kinds leave the app in metrics and health blobs, and the text of an event must not.
/// </summary>
public static class SkippedKinds
{
    /// <summary>Stands for everything that is not in the list.</summary>
    public const string Other = "other";

    private static readonly FrozenSet<string> Known =
        WordFile.Read(typeof(SkippedKinds), "Words/skipped-kinds.txt").Groups.SelectMany(g => g.Texts).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The kind, or <see cref="Other"/>.</summary>
    /// <param name="kind">What a reader has found; it may be text of an event.</param>
    public static string Of(string kind) =>
        Known.TryGetValue(kind, out var known) ? known
        : Numbered(kind, "event ", IsWindowsEvent)
            ?? Numbered(kind, "class ", IsOcsfClass)
            ?? Numbered(kind, "process activity ", IsActivity)
            ?? Other;

    /// <summary>Sysmon has 1 to 29 and 255; the Security log uses 1100 to 1108, and 4608 to 5159 for what is mostly forwarded.</summary>
    private static bool IsWindowsEvent(int number) => number is (>= 1 and <= 29) or 255 or (>= 1100 and <= 1108) or (>= 4608 and <= 5159);

    /// <summary>OCSF 1.8.0 has categories 1 to 8, and less than 25 classes in each.</summary>
    private static bool IsOcsfClass(int number) => number is > 1000 and < 9000 && number % 1000 is > 0 and < 25;

    private static bool IsActivity(int number) => number is (>= 0 and <= 9) or 99;

    private static string? Numbered(string kind, string prefix, Func<int, bool> isKnown) =>
        kind.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(kind.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && isKnown(number)
            ? $"{prefix}{number.ToString(CultureInfo.InvariantCulture)}"
            : null;
}
