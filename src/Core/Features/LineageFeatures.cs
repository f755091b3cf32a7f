using static Changeling.Features.Feature<Changeling.Features.Launch>;
using OfParent = Changeling.Features.Feature<Changeling.Features.LaunchParent>;

namespace Changeling.Features;

/// <summary>The parent's own command line, pairs that indicate an attack or everyday use, and the form of names.</summary>
internal static class LineageFeatures
{
    public static IReadOnlyList<Feature> All { get; } =
    [
        OfParent.Log("parent.command_line.length", "characters of the arguments", p => p.CommandLine.Arguments.Length),
        OfParent.Log("parent.command_line.words", "words", p => p.Words.Count),
        OfParent.Log("parent.command_line.base64", "characters of the longest run", p => p.CommandLine.LongestBase64),
        OfParent.Flag("parent.command_line.base64_hides_text", p => p.CommandLine.HidesText),
        OfParent.Count("parent.command_line.switches", "switches", 32, p => p.CommandLine.Effective.AsSpan().Count(" -")),
        OfParent.Flag("parent.command_line.ip_address", p => p.Words.Contains("#ip")),
        OfParent.Flag("parent.command_line.user_folder", p => p.Words.Contains("#user")),
        OfParent.Flag("parent.command_line.public_folder", p => p.Found.Marks.HasFlag(Marks.PublicFolder)),
        OfParent.Flag("parent.command_line.temp_folder", p => p.Found.Marks.HasFlag(Marks.TempFolder)),
        OfParent.Flag("parent.command_line.script", p => p.Found.Marks.HasFlag(Marks.ParentScript)),
        Flag("parent.command_line.names_child", l =>
            l.ChildStem.Length > 2 && l.Parent.CommandLine.Effective.Contains(l.ChildStem, StringComparison.Ordinal)),
        Flag("command_line.names_parent", l =>
            l.Parent.Stem.Length > 3 && l.CommandLine.Effective.Contains(l.Parent.Stem, StringComparison.Ordinal)),
        OfParent.Flag("parent.command_line.bare", p =>
            p.CommandLine.Arguments.Length == 0
            && p.Kind is BinaryKind.Shell or BinaryKind.ScriptHost or BinaryKind.ProxyExecution),
        OfParent.Terms("parent.behaviour", BehaviourList.All, p => p.Found.Behaviours),
        OfParent.Kinds("parent.behaviour.kinds", "behaviours found", 20, p => p.Found.Behaviours),

        Terms("telltale", Telltale.All, l => l.Found.Telltales),
        Kinds("telltale.kinds", "kinds found", 10, l => l.Found.Telltales),
        Sum("telltale.terms", 20, l => l.Found.Telltales),
        OfParent.Terms("parent.telltale", Telltale.All, p => p.Found.Telltales),
        OfParent.Kinds("parent.telltale.kinds", "kinds found", 10, p => p.Found.Telltales),
        OfParent.Sum("parent.telltale.terms", 20, p => p.Found.Telltales),
        Terms("custom", RoutineUse.All, l => l.Found.RoutineUses),
        Kinds("custom.kinds", "kinds found", 10, l => l.Found.RoutineUses),

        Flag("loads.unknown_library", l => l.Loaded.IsUnknown),
        Flag("loads.without_folder", l => l.Loaded is { IsUnknown: true, HasFolder: false }),
        Flag("loads.other_extension", l => l.Loaded.HasOtherExtension),
        Flag("loads.by_number", l => l.Loaded is { IsUnknown: true, IsByNumber: true }),
        Flag("loads.from_user_folder", l => l.Loaded is { IsUnknown: true, HasFolder: true } && PathPlaces.IsUserWritable(l.Loaded.Place)),
        Flag("loads.from_elsewhere", l =>
            l.Loaded is { IsUnknown: true, HasFolder: true, Place: PathPlace.Elsewhere or PathPlace.DriveRoot or PathPlace.Network }),
        Flag("loads.from_windows", l =>
            l.Loaded is { IsUnknown: true, HasFolder: true, Place: PathPlace.System32 or PathPlace.WindowsFolder }),
        Count("loads.name_consonants", "letters of the longest run", 16, l =>
            l.Loaded.IsUnknown ? NameShape.Of(l.Loaded.Stem).Consonants : 0),

        Count("child.name_consonants", "letters of the longest run", 16, l => l.NameOfChild.Consonants),
        Count("child.name_case_changes", "changes", 16, l => l.NameOfChild.CaseChanges),
        Share("child.name_vowels", "share of letters", l => l.NameOfChild.Vowels),
        Count("child.name_switches", "changes between letters and digits", 16, l => l.NameOfChild.Switches),
        OfParent.Count("parent.name_consonants", "letters of the longest run", 16, p => p.NameShape.Consonants),
        OfParent.Count("parent.name_case_changes", "changes", 16, p => p.NameShape.CaseChanges),
        OfParent.Share("parent.name_vowels", "share of letters", p => p.NameShape.Vowels),
        OfParent.Log("parent.name_length", "characters of the name", p => p.Stem.Length),
        OfParent.Flag("parent.lookalike_name", p => LookalikeName.Is(p.Stem)),

        Flag("lineage.auto_elevated_from_shell", l =>
            l.Child.IsAutoElevated && l.Parent.Kind is not (BinaryKind.Session or BinaryKind.Service)),
        Flag("lineage.auto_elevated_starts_program", l =>
            l.Parent.Program.IsAutoElevated && !l.Child.IsAutoElevated
            && l.ChildName is not ("mmc.exe" or "conhost.exe" or "werfault.exe")),
        Flag("lineage.system_program_starts_shell", l => l.Parent.Program.StartsNoShell && RunsForOthers(l)),
        Flag("lineage.accessory_of_program", l =>
            l.Child.IsAccessory
            && l.Parent.Kind is not (BinaryKind.Session or BinaryKind.Shell or BinaryKind.Browser or BinaryKind.Office)),
        Flag("lineage.desktop_program_embedded", l =>
            l.Child.IsForPeople && l.Found.Marks.HasFlag(Marks.Embedding)),
        Flag("lineage.unknown_starts_shell", l =>
            l.Parent.Kind == BinaryKind.Unknown && !l.Parent.Program.IsKnown
            && PathPlaces.IsUserWritable(l.Parent.Place) && RunsForOthers(l)),
        Flag("lineage.unknown_from_user_folder", l => !l.Child.IsKnown && PathPlaces.IsUserWritable(l.ChildPlace)),
        Flag("lineage.unknown_in_windows", l =>
            !l.Child.IsKnown && l.ChildPlace is PathPlace.WindowsFolder or PathPlace.WindowsTemp),
        Flag("lineage.unknown_in_system32", l =>
            l.ChildPlace == PathPlace.System32 && l.Child is { IsKnown: false, IsUsualInSystem32: false }),
        Flag("lineage.service_starts_unknown", l =>
            l.Parent.Name == "services.exe" && !l.Child.IsKnown
            && (PathPlaces.IsUserWritable(l.ChildPlace)
                || l.ChildPlace is PathPlace.WindowsFolder or PathPlace.DriveRoot or PathPlace.Network)),
        Flag("lineage.bare_system_tool", l =>
            l.CommandLine.Arguments.Length == 0 && l.ChildKind is BinaryKind.ProxyExecution or BinaryKind.Service
            && l.Parent.Kind is not BinaryKind.Service),
        Flag("lineage.other_folder_of_same_kind", l => l.Parent.Kind == l.ChildKind && l.ChildKind == BinaryKind.Shell),
        Flag("lineage.remote_starts_program", l =>
            l.Parent.Kind == BinaryKind.RemoteExecution
            && l.ChildKind is not (BinaryKind.Service or BinaryKind.RemoteExecution or BinaryKind.AppModel)),
    ];

    private static bool RunsForOthers(Launch l) =>
        l.ChildKind is BinaryKind.Shell or BinaryKind.ScriptHost or BinaryKind.ProxyExecution or BinaryKind.Transfer or BinaryKind.Discovery
            or BinaryKind.Administration or BinaryKind.Accessory;
}
