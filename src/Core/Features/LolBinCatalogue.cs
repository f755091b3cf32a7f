using System.Collections.Frozen;
using Changeling.Catalogues;

namespace Changeling.Features;

/// <summary>
/// Programs that can run, fetch or hide code on another's behalf (LOLBins), each with the ATT&amp;CK technique that it is best known
/// for: <c>Catalogues/lolbins.json</c>. Features and rules read this one list. A changed set of names changes features, so it
/// needs a new feature schema version and a newly trained model; a changed technique does not.
/// </summary>
public sealed class LolBinCatalogue
{
    private readonly FrozenDictionary<string, AttackReference> _techniques;

    private LolBinCatalogue(LolBinDocument document)
    {
        Version = document.Version;
        _techniques = document.Techniques
            .SelectMany(t => t.Binaries.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(b => (Name: b + ".exe", Technique: new AttackReference(t.Tactic, t.Technique))))
            .ToFrozenDictionary(t => t.Name, t => t.Technique, StringComparer.Ordinal);
        Names = _techniques.Keys.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The list that ships with the program.</summary>
    public static LolBinCatalogue Shipped { get; } = new(CatalogueFile.Read("lolbins.json", LolBinJsonContext.Default.LolBinDocument));

    /// <summary>Version of the file.</summary>
    public string Version { get; }

    /// <summary>Lower-case file names.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>Whether a program, by lower-case file name, is one.</summary>
    public bool Contains(string name) => _techniques.ContainsKey(name);

    /// <summary>Id and newest name of the technique that a program is best known for, for people: <c>T1105 Ingress Tool Transfer</c>.</summary>
    /// <returns><see langword="null"/> for a program that is not listed.</returns>
    public string? TechniqueInWords(string name) => TechniqueOf(name) is { Technique: var id }
        ? $"{id} {AttackNames.Newest.Techniques[id]}"
        : null;

    /// <summary>The technique that a program is best known for; <see langword="null"/> for a program that is not listed.</summary>
    /// <param name="name">Lower-case file name.</param>
    public AttackReference? TechniqueOf(string name) => _techniques.GetValueOrDefault(name);
}

/// <summary>The file.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Techniques">Binaries by technique.</param>
internal sealed record LolBinDocument(string Version, IReadOnlyList<LolBinTechnique> Techniques);

/// <summary>The binaries of one technique.</summary>
/// <param name="Tactic">ATT&amp;CK id.</param>
/// <param name="Technique">ATT&amp;CK id, of a sub-technique where there is one.</param>
/// <param name="Binaries">Names without extension, parted by blanks.</param>
internal sealed record LolBinTechnique(string Tactic, string Technique, string Binaries);
