using System.Buffers;
using System.Collections.Frozen;
using Changeling.Catalogues;
using Changeling.Events;
using Changeling.Features;

namespace Changeling.Rules;

/// <summary>
/// Launches that are malicious independently of the model: few, precise patterns, <c>Catalogues/blocklist.json</c>. A pattern is matched
/// on the commands that a launch runs, directly or inside other programs and decoded (<see cref="CommandList"/>).
/// </summary>
public sealed class Blocklist
{
    private readonly FrozenSet<string> _programs;
    private readonly SearchValues<string> _signs;

    private Blocklist(BlocklistDocument document)
    {
        Version = document.Version;
        Patterns = document.Patterns;
        foreach (var pattern in Patterns)
        {
            if (pattern.Acts.Count == 0 || pattern.Acts.Any(act => act.Signs.Count == 0))
                throw new InvalidDataException($"catalogue blocklist.json: pattern {pattern.Id}: names nothing in a list, or has none");
        }

        _programs = Patterns.SelectMany(p => p.Acts).SelectMany(act => act.Programs ?? []).ToFrozenSet(StringComparer.Ordinal);
        _signs = SearchValues.Create(
            [.. Patterns.SelectMany(p => p.Acts).SelectMany(act => act.Signs).Distinct()], StringComparison.Ordinal);
    }

    /// <summary>The list that ships with the program.</summary>
    public static Blocklist Shipped { get; } = new(CatalogueFile.Read("blocklist.json", RuleJsonContext.Default.BlocklistDocument));

    /// <summary>Version of the file.</summary>
    public string Version { get; }

    /// <summary>All patterns.</summary>
    public IReadOnlyList<BlocklistPattern> Patterns { get; }

    /// <summary>The first pattern that a launch matches; <see langword="null"/> for none.</summary>
    public BlocklistPattern? Find(ProcessEvent e) => Find(e, Launch.Of(e));

    /// <summary>The first pattern that an event matches that was read as a launch; <see langword="null"/> for none.</summary>
    public BlocklistPattern? Find(ProcessEvent e, Launch launch)
    {
        if (e.Child.CommandLine is null) return null;
        var (name, original) = (Stem(e.Child.Name), Stem(LaunchPattern.OriginalName(e)));
        return MayFit(e.Child.Name, name) || (original.Length > 0 && MayFit($"{original}.exe", original))
            ? Find(CommandLineOf(e.Child, launch), name, original)
            : null;
    }

    /// <summary>A known program that starts no others and is in no pattern runs nothing else.</summary>
    private bool MayFit(string file, string stem) =>
        !CommandList.IsText(stem) && (_programs.Contains(stem) || CommandList.MayStart(stem) || !KnownBinaries.IsKnown(file));

    /// <summary>A launch has a usual path where the source has none, and shortens long ones: there the text is read again.</summary>
    private static CommandLineText CommandLineOf(ChildProcess child, Launch launch) =>
        child.Path?.Length == launch.ChildPath.Length && child.Name == launch.ChildName
            ? launch.CommandLine
            : CommandLineText.Of(child.CommandLine!, child.Path?.ToLowerInvariant() ?? "", child.Name);

    /// <summary>
    /// Whether the program or a word of the command line is of a pattern. Plain text has no quotes inside words but <c>'</c>, which shells
    /// leave out too.
    /// </summary>
    private bool HasSign(string plain, string name, string original) =>
        _programs.Contains(name) || _programs.Contains(original) || plain.Contains('\'') || plain.AsSpan().ContainsAny(_signs);

    private BlocklistPattern? Find(CommandLineText text, string name, string original)
    {
        if (!HasSign(text.Effective, name, original)) return null;
        var commands = KnownBinaries.IsKnown($"{original}.exe") || _programs.Contains(original)
            ? CommandList.Of(text, original, name)
            : CommandList.Of(text, name, original);
        return Patterns.FirstOrDefault(pattern => pattern.Acts.Any(act => act.Fits(commands)));
    }

    private static string Stem(string name) => name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : name;
}

/// <summary>One pattern.</summary>
/// <param name="Id">Lower-case words joined with <c>-</c>.</param>
/// <param name="Description">The action of the launch, in words: <c>deletes all shadow copies</c>.</param>
/// <param name="Technique">The ATT&amp;CK technique that it is part of.</param>
/// <param name="Acts">What a launch must do, at least one of these.</param>
/// <param name="Examples">Launches that must match and launches that must not; a test checks all of them.</param>
public sealed record BlocklistPattern(
    string Id, string Description, AttackReference Technique, IReadOnlyList<BlocklistAct> Acts, IReadOnlyList<BlocklistExample> Examples);

/// <summary>A launch with the expected result of the pattern.</summary>
/// <param name="Child">Lower-case file name.</param>
/// <param name="CommandLine">The command line.</param>
/// <param name="Fits">Whether the pattern must match.</param>
public sealed record BlocklistExample(string Child, string CommandLine, bool Fits);

/// <summary>The file.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Patterns">The patterns, of which the first that matches is used.</param>
internal sealed record BlocklistDocument(string Version, IReadOnlyList<BlocklistPattern> Patterns);
