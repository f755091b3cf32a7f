using System.Collections.Frozen;
using Changeling.Catalogues;

namespace Changeling.Features;

/// <summary>
/// Programs that can run, fetch or hide code on another's behalf (LOLBins), each with the ATT&amp;CK technique that it is best known
/// for: <c>Catalogues/lolbins.txt</c>. Features and rules read this one list. A changed set of names changes features, so it
/// needs a new feature schema version and a newly trained model; a changed technique does not.
/// </summary>
public sealed class LolBinCatalogue
{
    private readonly FrozenDictionary<string, AttackReference> _techniques;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _stems;

    private LolBinCatalogue(WordFile file)
    {
        _techniques = file.Index(Technique);
        Names = _techniques.Keys.ToFrozenSet(StringComparer.Ordinal);
        _stems = Names.Select(name => name[..name.LastIndexOf('.')]).ToFrozenSet(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The list that ships with the program.</summary>
    public static LolBinCatalogue Shipped { get; } = new(WordFile.Read(typeof(WordFile), "lolbins.txt"));

    /// <summary>Lower-case file names.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>Whether a program, by lower-case file name, is one.</summary>
    public bool Contains(string name) => _techniques.ContainsKey(name);

    /// <summary>Whether a word of a command line, by lower-case name without extension, names one.</summary>
    public bool ContainsStem(ReadOnlySpan<char> word) => _stems.Contains(word);

    /// <summary>Id and newest name of the technique that a program is best known for: <c>T1105 Ingress Tool Transfer</c>.</summary>
    /// <returns><see langword="null"/> for a program that is not listed.</returns>
    public string? TechniqueInWords(string name) => TechniqueOf(name) is { Technique: var id }
        ? $"{id} {AttackNames.Newest.Techniques[id]}"
        : null;

    /// <summary>The technique that a program is best known for; <see langword="null"/> for a program that is not listed.</summary>
    /// <param name="name">Lower-case file name.</param>
    public AttackReference? TechniqueOf(string name) => _techniques.GetValueOrDefault(name);

    private static AttackReference Technique(WordGroup group) => group.Name.Split(' ') is [var tactic, var technique]
        ? new(tactic, technique)
        : throw group.Heading.Fault("expected a heading 'tactic technique:'");
}
