using System.Text.RegularExpressions;

namespace Changeling.RecordedFiles;

/// <summary>
/// A pattern of file names, such as <c>logs/**/*.jsonl.gz</c>: <c>*</c> is any text within a name, <c>?</c> one character, and
/// <c>**</c> any number of folders.
/// </summary>
/// <param name="pattern">The pattern, as the user wrote it.</param>
internal sealed class FilePattern(string pattern)
{
    private static readonly char[] Wildcards = ['*', '?'];

    private readonly Regex _rest = new(
        $"^{string.Concat(Rest(pattern).Select((part, i) => Expression(part, i == Rest(pattern).Length - 1)))}$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>The folder above everything that can match.</summary>
    public string Folder { get; } = string.Join('/', Parts(pattern).TakeWhile(part => !HasWildcard(part))) switch
    {
        "" => pattern.StartsWith('/') ? "/" : ".",
        var folder => folder,
    };

    /// <summary>Whether the pattern can match files in folders below.</summary>
    public bool IsDeep => Rest(pattern).Length > 1 || Rest(pattern) is ["**"];

    /// <summary>Whether a text is a pattern.</summary>
    public static bool IsOne(string text) => HasWildcard(text);

    /// <summary>Whether a file matches.</summary>
    /// <param name="path">Its path below <see cref="Folder"/>, with slashes.</param>
    public bool Fits(string path) => _rest.IsMatch(path);

    private static string[] Parts(string pattern) =>
        OperatingSystem.IsWindows() ? pattern.Split('/', '\\') : pattern.Split('/');

    private static string[] Rest(string pattern) =>
        [.. Parts(pattern).SkipWhile(part => !HasWildcard(part)).Where(part => part.Length > 0)];

    private static bool HasWildcard(string part) => part.IndexOfAny(Wildcards) >= 0;

    private static string Expression(string part, bool isLast) => part switch
    {
        "**" => isLast ? ".*" : "(?:.*/)?",
        _ => Regex.Escape(part).Replace("\\*", "[^/]*", StringComparison.Ordinal).Replace("\\?", "[^/]", StringComparison.Ordinal)
            + (isLast ? "" : "/"),
    };
}
