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

    private Blocklist(BlocklistDocument document)
    {
        Version = document.Version;
        Patterns = document.Patterns;
        foreach (var pattern in Patterns)
        {
            if (pattern.Acts.Count == 0 || pattern.Acts.Any(act => act.Programs is { Count: 0 }))
                throw new InvalidDataException($"catalogue blocklist.json: pattern {pattern.Id}: has an empty list");
        }

        _programs = Patterns.SelectMany(p => p.Acts).SelectMany(act => act.Programs ?? []).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The list that ships with the program.</summary>
    public static Blocklist Shipped { get; } = new(CatalogueFile.Read("blocklist.json", RuleJsonContext.Default.BlocklistDocument));

    /// <summary>Version of the file.</summary>
    public string Version { get; }

    /// <summary>All patterns.</summary>
    public IReadOnlyList<BlocklistPattern> Patterns { get; }

    /// <summary>The first pattern that a launch matches; <see langword="null"/> for none.</summary>
    public BlocklistPattern? Find(ProcessEvent e)
    {
        if (e.Child.CommandLine is not { } line) return null;
        var (name, original) = (Stem(e.Child.Name), Stem(LaunchPattern.OriginalName(e)));
        return MayFit(e.Child.Name, name) || (original.Length > 0 && MayFit($"{original}.exe", original))
            ? Find(line, e.Child, name, original)
            : null;
    }

    /// <summary>A known program that starts no others and is in no pattern runs nothing else.</summary>
    private bool MayFit(string file, string stem) =>
        !CommandList.IsText(stem) && (_programs.Contains(stem) || CommandList.MayStart(stem) || !KnownBinaries.IsKnown(file));

    private BlocklistPattern? Find(string line, ChildProcess child, string name, string original)
    {
        var text = CommandLineText.Of(line, child.Path?.ToLowerInvariant() ?? "", child.Name);
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
