using Changeling.Events;
using Changeling.Features;

namespace Changeling.Rules;

/// <summary>
/// A fixed pattern of a launch: names and plain words, no expressions. All parts that are given must hold. Words are looked for in the
/// arguments in plain form: lower case, without quotes and escapes, switches written with <c>-</c>, decoded base64 included.
/// </summary>
public sealed record LaunchPattern
{
    /// <summary>Lower-case file names, one of which the child has, or had before it was renamed.</summary>
    public IReadOnlyList<string>? Children { get; init; }

    /// <summary>Lower-case file names, one of which the parent has.</summary>
    public IReadOnlyList<string>? Parents { get; init; }

    /// <summary>Words that the arguments must all contain.</summary>
    public IReadOnlyList<string>? Has { get; init; }

    /// <summary>Words of which the arguments must contain at least one.</summary>
    public IReadOnlyList<string>? HasAnyOf { get; init; }

    /// <summary>Words that the arguments must not contain.</summary>
    public IReadOnlyList<string>? Lacks { get; init; }

    /// <summary>Whether a launch matches.</summary>
    public bool Fits(ProcessEvent e)
    {
        if (Parents is { } parents && (e.Parent is not { } parent || !parents.Contains(parent.Name, StringComparer.Ordinal))) return false;
        if (Children is { } children
            && !children.Contains(e.Child.Name, StringComparer.Ordinal)
            && !children.Contains(OriginalName(e), StringComparer.Ordinal))
            return false;
        if (Has is null && HasAnyOf is null && Lacks is null) return true;
        if (e.Child.CommandLine is not { } line) return false;

        var plain = CommandLineText.Of(line, e.Child.Path?.ToLowerInvariant() ?? "", e.Child.Name).Effective;
        return (Has is null || Has.All(word => plain.Contains(word, StringComparison.Ordinal)))
            && (HasAnyOf is null || HasAnyOf.Any(word => plain.Contains(word, StringComparison.Ordinal)))
            && (Lacks is null || !Lacks.Any(word => plain.Contains(word, StringComparison.Ordinal)));
    }

    /// <summary>The error in the pattern itself; <see langword="null"/> if it is valid.</summary>
    public string? Problem()
    {
        if (Children is null && Parents is null) return "must name children or parents";
        var all = new[] { Children, Parents, Has, HasAnyOf, Lacks }.OfType<IReadOnlyList<string>>().ToList();
        if (all.Any(words => words.Count == 0 || words.Any(string.IsNullOrWhiteSpace))) return "has a list without words";
        return all.SelectMany(words => words).FirstOrDefault(word => word.Any(char.IsUpper)) is { } upper
            ? $"has '{upper}', which must be lower case"
            : null;
    }

    /// <summary>The original file name, before it was renamed; empty if the source does not have it.</summary>
    internal static string OriginalName(ProcessEvent e)
    {
        if (e.Child.OriginalFileName is not { Length: > 0 } original) return "";
        var name = original.Trim().ToLowerInvariant();
        if (name.EndsWith(".mui", StringComparison.Ordinal)) name = name[..^4];
        return name.Contains('.') ? name : name + ".exe";
    }
}
