using System.Collections.Frozen;
using Changeling.Catalogues;

namespace Changeling.Features;

/// <summary>
/// Facts about common Windows programs by lower-case file name. The names are in <c>Words</c>; the ones that attackers use are in
/// <see cref="LolBinCatalogue"/>.
/// </summary>
internal static class KnownBinaries
{
    private static readonly FrozenDictionary<string, string> OriginalNames = Read("original-names.txt").Index(g => g.Name);

    private static readonly FrozenDictionary<string, KnownBinary> All = ReadAll();

    private static readonly FrozenDictionary<string, KnownBinary>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        All.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What is known of a program.</summary>
    public static KnownBinary Of(string name) => All.GetValueOrDefault(name, KnownBinary.Unknown);

    public static bool IsKnown(ReadOnlySpan<char> name) => Lookup.TryGetValue(name, out var known) && known.IsKnown;

    public static bool IsOfWindows(string name) => Of(name).IsOfWindows;

    /// <summary>Whether two stems (lower case, no extension) are names of one program.</summary>
    public static bool AreAliases(string nameStem, string originalStem) =>
        nameStem == originalStem || OriginalNames.GetValueOrDefault(nameStem) == originalStem;

    private static FrozenDictionary<string, KnownBinary> ReadAll()
    {
        var kinds = Read("program-kinds.txt").Index(KindOf);
        var usualParents = Read("usual-parents.txt").Index(g => g.Name);
        var windows = Read("windows-programs.txt");
        var (ofWindows, lolBins) = (windows["of_windows"].ToSet(), LolBinCatalogue.Shipped.Names);
        var (strictlyParented, childless) = (windows["strictly_parented"].ToSet(), windows["childless"].ToSet());
        var (autoElevated, startsNoShell) = (windows["auto_elevated"].ToSet(), windows["starts_no_shell"].ToSet());
        var (accessories, forPeople) = (windows["accessories"].ToSet(), windows["for_people"].ToSet());
        var inSystem32 = windows["others_in_system32"].ToSet();
        return kinds.Keys.Concat(usualParents.Keys).Concat(lolBins).Concat(windows.Groups.SelectMany(g => g.Items).Select(i => i.Text))
            .Distinct(StringComparer.Ordinal)
            .ToFrozenDictionary(
                name => name,
                name => new KnownBinary
                {
                    Kind = kinds.GetValueOrDefault(name),
                    IsKnown = kinds.ContainsKey(name) || lolBins.Contains(name) || ofWindows.Contains(name),
                    IsLolBin = lolBins.Contains(name),
                    IsOfWindows = ofWindows.Contains(name),
                    IsUsualInSystem32 = inSystem32.Contains(name),
                    UsualParent = usualParents.GetValueOrDefault(name),
                    IsChildless = childless.Contains(name),
                    IsAutoElevated = autoElevated.Contains(name),
                    IsStrictlyParented = strictlyParented.Contains(name),
                    StartsNoShell = startsNoShell.Contains(name),
                    IsAccessory = accessories.Contains(name),
                    IsForPeople = forPeople.Contains(name),
                },
                StringComparer.Ordinal);
    }

    private static BinaryKind KindOf(WordGroup group) =>
        Enum.TryParse<BinaryKind>(group.Name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var kind)
            ? kind
            : throw group.Heading.Fault($"'{group.Name}' is no kind of program");

    private static WordFile Read(string name) => WordFile.Read(typeof(KnownBinaries), $"Words/{name}");
}
