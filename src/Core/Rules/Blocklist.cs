using System.Collections.Frozen;
using Changeling.Catalogues;
using Changeling.Events;

namespace Changeling.Rules;

/// <summary>
/// Launches that are malicious independently of the model: few, precise patterns, <c>Catalogues/blocklist.json</c>. Each names its
/// children, so that an ordinary launch needs only one look-up.
/// </summary>
public sealed class Blocklist
{
    private readonly FrozenDictionary<string, BlocklistPattern[]> _byChild;

    private Blocklist(BlocklistDocument document)
    {
        Version = document.Version;
        Patterns = document.Patterns;
        foreach (var pattern in Patterns)
        {
            if (pattern.Launch.Children is null)
                throw new InvalidDataException($"catalogue blocklist.json: pattern {pattern.Id}: launch.children must be given");
            if (pattern.Launch.Problem() is { } problem)
                throw new InvalidDataException($"catalogue blocklist.json: pattern {pattern.Id}: launch {problem}");
        }

        _byChild = Patterns.SelectMany(p => p.Launch.Children!.Select(child => (child, p)))
            .GroupBy(x => x.child, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.Select(x => x.p).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The list that ships with the program.</summary>
    public static Blocklist Shipped { get; } = new(CatalogueFile.Read("blocklist.json", RuleJsonContext.Default.BlocklistDocument));

    /// <summary>Version of the file.</summary>
    public string Version { get; }

    /// <summary>All patterns.</summary>
    public IReadOnlyList<BlocklistPattern> Patterns { get; }

    /// <summary>The first pattern that a launch matches; <see langword="null"/> for none.</summary>
    public BlocklistPattern? Find(ProcessEvent e) =>
        Find(e.Child.Name, e) ?? (e.Child.OriginalFileName is null ? null : Find(LaunchPattern.OriginalName(e), e));

    private BlocklistPattern? Find(string child, ProcessEvent e) =>
        _byChild.TryGetValue(child, out var patterns) ? Array.Find(patterns, p => p.Launch.Fits(e)) : null;
}

/// <summary>One pattern.</summary>
/// <param name="Id">Lower-case words joined with <c>-</c>.</param>
/// <param name="Description">The action of the launch, in words: <c>deletes all shadow copies</c>.</param>
/// <param name="Technique">The ATT&amp;CK technique that it is part of.</param>
/// <param name="Launch">The pattern.</param>
/// <param name="Examples">Launches that must match and launches that must not; a test checks all of them.</param>
public sealed record BlocklistPattern(
    string Id, string Description, AttackReference Technique, LaunchPattern Launch, IReadOnlyList<BlocklistExample> Examples);

/// <summary>A launch with the expected result of the pattern.</summary>
/// <param name="Child">Lower-case file name.</param>
/// <param name="CommandLine">The command line.</param>
/// <param name="Fits">Whether the pattern must match.</param>
public sealed record BlocklistExample(string Child, string CommandLine, bool Fits);

/// <summary>The file.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Patterns">The patterns, of which the first that matches is used.</param>
internal sealed record BlocklistDocument(string Version, IReadOnlyList<BlocklistPattern> Patterns);
