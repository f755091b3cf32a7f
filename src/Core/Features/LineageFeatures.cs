using static Changeling.Features.Feature;

namespace Changeling.Features;

/// <summary>The parent's own command line, pairs that indicate an attack or everyday use, and the form of names.</summary>
internal static class LineageFeatures
{
    public static IReadOnlyList<Feature> All { get; } =
    [
        Log("parent.command_line.length", "characters of the arguments", l => l.ParentCommandLine.Arguments.Length),
        Log("parent.command_line.words", "words", l => l.ParentWords.Count),
        Log("parent.command_line.base64", "characters of the longest run", l => l.ParentCommandLine.LongestBase64),
        Flag("parent.command_line.base64_hides_text", l => l.ParentCommandLine.HidesText),
        Count("parent.command_line.switches", "switches", 32, l => l.ParentCommandLine.Effective.AsSpan().Count(" -")),
        Flag("parent.command_line.ip_address", l => l.ParentWords.Contains("#ip")),
        Flag("parent.command_line.user_folder", l => l.ParentWords.Contains("#user")),
        Flag("parent.command_line.public_folder", l => l.ParentMarks.HasFlag(Marks.PublicFolder)),
        Flag("parent.command_line.temp_folder", l => l.ParentMarks.HasFlag(Marks.TempFolder)),
        Flag("parent.command_line.script", l => l.ParentMarks.HasFlag(Marks.ParentScript)),
        Flag("parent.command_line.names_child", l =>
            l.ChildStem.Length > 2 && l.ParentCommandLine.Effective.Contains(l.ChildStem, StringComparison.Ordinal)),
        Flag("command_line.names_parent", l =>
            l.ParentStem.Length > 3 && l.CommandLine.Effective.Contains(l.ParentStem, StringComparison.Ordinal)),
        Flag("parent.command_line.bare", l =>
            l.ParentCommandLine.Arguments.Length == 0
            && l.ParentKind is BinaryKind.Shell or BinaryKind.ScriptHost or BinaryKind.ProxyExecution),
        .. BehaviourList.All.Select((b, i) =>
            Count($"parent.behaviour.{b.Name}", "terms found", Behaviour.MaxTerms, l => l.ParentBehaviours[i])),
        Count("parent.behaviour.kinds", "behaviours found", 20, l => l.ParentBehaviours.Count(n => n > 0)),

        .. Telltale.All.Select((t, i) => Count($"telltale.{t.Name}", "terms found", Behaviour.MaxTerms, l => l.Telltales[i])),
        Count("telltale.kinds", "kinds found", 10, l => l.Telltales.Count(n => n > 0)),
        Count("telltale.terms", "terms found", 20, l => l.Telltales.Sum()),
        .. Telltale.All.Select((t, i) =>
            Count($"parent.telltale.{t.Name}", "terms found", Behaviour.MaxTerms, l => l.ParentTelltales[i])),
        Count("parent.telltale.kinds", "kinds found", 10, l => l.ParentTelltales.Count(n => n > 0)),
        Count("parent.telltale.terms", "terms found", 20, l => l.ParentTelltales.Sum()),
        .. RoutineUse.All.Select((c, i) => Count($"custom.{c.Name}", "terms found", Behaviour.MaxTerms, l => l.RoutineUses[i])),
        Count("custom.kinds", "kinds found", 10, l => l.RoutineUses.Count(n => n > 0)),

        Count("child.name_consonants", "letters of the longest run", 16, l => l.NameOfChild.Consonants),
        Count("child.name_case_changes", "changes", 16, l => l.NameOfChild.CaseChanges),
        Share("child.name_vowels", "share of letters", l => l.NameOfChild.Vowels),
        Count("child.name_switches", "changes between letters and digits", 16, l => l.NameOfChild.Switches),
        Count("parent.name_consonants", "letters of the longest run", 16, l => l.NameOfParent.Consonants),
        Count("parent.name_case_changes", "changes", 16, l => l.NameOfParent.CaseChanges),
        Share("parent.name_vowels", "share of letters", l => l.NameOfParent.Vowels),
        Log("parent.name_length", "characters of the name", l => l.ParentStem.Length),
        Flag("parent.lookalike_name", l => LookalikeName.Is(l.ParentStem)),

        Flag("lineage.auto_elevated_from_shell", l =>
            KnownBinaries.IsAutoElevated(l.ChildName) && l.ParentKind is not (BinaryKind.Session or BinaryKind.Service)),
        Flag("lineage.auto_elevated_starts_program", l =>
            KnownBinaries.IsAutoElevated(l.ParentName) && !KnownBinaries.IsAutoElevated(l.ChildName)
            && l.ChildName is not ("mmc.exe" or "conhost.exe" or "werfault.exe")),
        Flag("lineage.system_program_starts_shell", l => KnownBinaries.StartsNoShell(l.ParentName) && RunsForOthers(l)),
        Flag("lineage.accessory_of_program", l =>
            KnownBinaries.IsAccessory(l.ChildName)
            && l.ParentKind is not (BinaryKind.Session or BinaryKind.Shell or BinaryKind.Browser or BinaryKind.Office)),
        Flag("lineage.desktop_program_embedded", l =>
            KnownBinaries.IsForPeople(l.ChildName) && l.Marks.HasFlag(Marks.Embedding)),
        Flag("lineage.unknown_starts_shell", l =>
            l.ParentKind == BinaryKind.Unknown && !KnownBinaries.IsKnown(l.ParentName)
            && PathPlaces.IsUserWritable(l.ParentPlace) && RunsForOthers(l)),
        Flag("lineage.unknown_from_user_folder", l => !KnownBinaries.IsKnown(l.ChildName) && PathPlaces.IsUserWritable(l.ChildPlace)),
        Flag("lineage.unknown_in_windows", l =>
            !KnownBinaries.IsKnown(l.ChildName) && l.ChildPlace is PathPlace.WindowsFolder or PathPlace.WindowsTemp),
        Flag("lineage.service_starts_unknown", l =>
            l.ParentName == "services.exe" && !KnownBinaries.IsKnown(l.ChildName)
            && (PathPlaces.IsUserWritable(l.ChildPlace)
                || l.ChildPlace is PathPlace.WindowsFolder or PathPlace.DriveRoot or PathPlace.Network)),
        Flag("lineage.bare_system_tool", l =>
            l.CommandLine.Arguments.Length == 0 && l.ChildKind is BinaryKind.ProxyExecution or BinaryKind.Service
            && l.ParentKind is not BinaryKind.Service),
        Flag("lineage.other_folder_of_same_kind", l => l.ParentKind == l.ChildKind && l.ChildKind == BinaryKind.Shell),
        Flag("lineage.remote_starts_program", l =>
            l.ParentKind == BinaryKind.RemoteExecution
            && l.ChildKind is not (BinaryKind.Service or BinaryKind.RemoteExecution or BinaryKind.AppModel)),
    ];

    private static bool RunsForOthers(Launch l) =>
        l.ChildKind is BinaryKind.Shell or BinaryKind.ScriptHost or BinaryKind.ProxyExecution or BinaryKind.Transfer or BinaryKind.Discovery
            or BinaryKind.Administration or BinaryKind.Accessory;
}
