using System.Collections.Frozen;
using Changeling.Catalogues;

namespace Changeling.Features;

/// <summary>
/// Facts about common Windows programs by lower-case file name: their purpose, whether they ship with Windows, and which programs usually
/// start them. The names are in <c>Words</c>; the ones that attackers use are in <see cref="LolBinCatalogue"/>.
/// </summary>
internal static class KnownBinaries
{
    private static readonly FrozenDictionary<string, BinaryKind> Kinds = Read("program-kinds.txt").Index(KindOf);

    private static readonly FrozenDictionary<string, string> UsualParents = Read("usual-parents.txt").Index(g => g.Name);

    private static readonly FrozenDictionary<string, string> OriginalNames = Read("original-names.txt").Index(g => g.Name);

    private static readonly WordFile Windows = Read("windows-programs.txt");

    private static readonly FrozenSet<string> OfWindows = Windows["of_windows"].ToSet();
    private static readonly FrozenSet<string> StrictlyParented = Windows["strictly_parented"].ToSet();
    private static readonly FrozenSet<string> Childless = Windows["childless"].ToSet();
    private static readonly FrozenSet<string> AutoElevated = Windows["auto_elevated"].ToSet();
    private static readonly FrozenSet<string> WithoutShells = Windows["starts_no_shell"].ToSet();
    private static readonly FrozenSet<string> Accessories = Windows["accessories"].ToSet();
    private static readonly FrozenSet<string> ForPeople = Windows["for_people"].ToSet();

    public static BinaryKind KindOf(string name) => Kinds.GetValueOrDefault(name);

    public static bool IsKnown(string name) =>
        Kinds.ContainsKey(name) || LolBinCatalogue.Shipped.Contains(name) || OfWindows.Contains(name);

    public static bool IsOfWindows(string name) => OfWindows.Contains(name);

    public static string? UsualParentOf(string name) => UsualParents.GetValueOrDefault(name);

    /// <summary>Whether a program usually starts no others, so that a child indicates injected code.</summary>
    public static bool IsChildless(string name) => Childless.Contains(name);

    /// <summary>Whether a Windows program elevates without a prompt, or is used for such an elevation.</summary>
    public static bool IsAutoElevated(string name) => AutoElevated.Contains(name);

    /// <summary>Whether a system process is started only by its usual parent or by a session manager above that.</summary>
    public static bool IsStrictlyParented(string name) => StrictlyParented.Contains(name);

    /// <summary>Whether a system program usually starts no shells and tools.</summary>
    public static bool StartsNoShell(string name) => WithoutShells.Contains(name);

    /// <summary>Whether a program is a Windows accessory that people start, and that exploits start as a demonstration.</summary>
    public static bool IsAccessory(string name) => Accessories.Contains(name);

    /// <summary>Whether people usually start a program themselves. If it is started through COM, another machine may control it.</summary>
    public static bool IsForPeople(string name) => ForPeople.Contains(name);

    /// <summary>Whether two stems (lower case, no extension) are names of one program.</summary>
    public static bool AreAliases(string nameStem, string originalStem) =>
        nameStem == originalStem || OriginalNames.GetValueOrDefault(nameStem) == originalStem;

    private static BinaryKind KindOf(WordGroup group) =>
        Enum.TryParse<BinaryKind>(group.Name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var kind)
            ? kind
            : throw group.Heading.Fault($"'{group.Name}' is no kind of program");

    private static WordFile Read(string name) => WordFile.Read(typeof(KnownBinaries), $"Words/{name}");
}
