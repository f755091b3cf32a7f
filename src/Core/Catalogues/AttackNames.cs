namespace Changeling.Catalogues;

/// <summary>The names behind ATT&amp;CK ids in one version; ids live in the rules, names in one data file a version.</summary>
/// <param name="Version">ATT&amp;CK version.</param>
/// <param name="Tactics">Id → name.</param>
/// <param name="Techniques">Id → name.</param>
public sealed record AttackNames(
    string Version, IReadOnlyDictionary<string, string> Tactics, IReadOnlyDictionary<string, string> Techniques)
{
    /// <summary>The versions that ship, oldest first.</summary>
    public static IReadOnlyList<string> Versions { get; } =
        [.. CatalogueFile.Names("attack-").Select(n => n["attack-".Length..^".json".Length]).OrderBy(System.Version.Parse)];

    /// <summary>The newest version that ships.</summary>
    public static AttackNames Newest { get; } = Of(Versions[^1]);

    /// <summary>The names of a version.</summary>
    /// <exception cref="InvalidDataException">It does not ship.</exception>
    public static AttackNames Of(string version) => Versions.Contains(version)
        ? CatalogueFile.Read($"attack-{version}.json", CatalogueJsonContext.Default.AttackNames)
        : throw new InvalidDataException($"ATT&CK version '{version}' does not ship; choose {string.Join(" or ", Versions)}.");
}
