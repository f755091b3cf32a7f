using static Changeling.Features.Feature;

namespace Changeling.Features;

/// <summary>Names, paths and rights of parent and child, and whether the child is the program that its name says.</summary>
internal static class IdentityFeatures
{
    public static IReadOnlyList<Feature> All { get; } =
    [
        .. Enum.GetValues<BinaryKind>().Select(k => Flag($"child.kind.{Word(k)}", l => l.ChildKind == k)),
        .. Enum.GetValues<BinaryKind>().Select(k => Flag($"parent.kind.{Word(k)}", l => l.ParentKind == k)),
        .. Enum.GetValues<PathPlace>().Select(p => Flag($"child.place.{Word(p)}", l => l.ChildPlace == p)),
        .. Enum.GetValues<PathPlace>().Select(p => Flag($"parent.place.{Word(p)}", l => l.ParentPlace == p)),
        .. Enum.GetValues<BinaryKind>()
            .Where(k => k is BinaryKind.Shell or BinaryKind.ScriptHost or BinaryKind.Discovery or BinaryKind.Administration
                or BinaryKind.ProxyExecution or BinaryKind.Transfer or BinaryKind.RemoteExecution or BinaryKind.Accessory
                or BinaryKind.RemoteTool)
            .Select(k => Flag($"inner.kind.{Word(k)}", l => l.Inner.Length > 0 && KnownBinaries.KindOf(l.Inner) == k)),
        Flag("inner.present", l => l.Inner.Length > 0),
        Flag("inner.lolbin", l => LolBinCatalogue.Shipped.Contains(l.Inner)),
        Flag("child.lolbin", l => LolBinCatalogue.Shipped.Contains(l.ChildName)),
        Flag("parent.lolbin", l => LolBinCatalogue.Shipped.Contains(l.ParentName)),
        Flag("child.of_windows", l => KnownBinaries.IsOfWindows(l.ChildName)),
        Flag("parent.of_windows", l => KnownBinaries.IsOfWindows(l.ParentName)),
        Flag("child.user_writable", l => PathPlaces.IsUserWritable(l.ChildPlace)),
        Flag("parent.user_writable", l => PathPlaces.IsUserWritable(l.ParentPlace)),
        Count("command_line.lolbins", "known programs named", 6, l => l.Words.Count(LolBinCatalogue.Shipped.ContainsStem)),
        Log("child.name_length", "characters of the name", l => l.ChildStem.Length),
        Share("child.name_digits", "share of characters", l =>
            l.ChildStem.Length == 0 ? 0 : (float)l.ChildStem.Count(char.IsAsciiDigit) / l.ChildStem.Length),
        Flag("child.not_exe", l => !l.ChildName.EndsWith(".exe", StringComparison.Ordinal)),

        Flag("masquerade.original_name_differs", l => !KnownBinaries.AreAliases(l.ChildStem, l.OriginalStem)),
        Flag("masquerade.original_is_of_windows", l => IsRenamed(l) && KnownBinaries.IsOfWindows(l.OriginalStem + ".exe")),
        Flag("masquerade.original_is_lolbin", l => IsRenamed(l) && LolBinCatalogue.Shipped.Contains(l.OriginalStem + ".exe")),
        Flag("masquerade.system_name_elsewhere", l => IsMisplaced(l.ChildName, l.ChildPlace)),
        Flag("masquerade.parent_system_name_elsewhere", l => IsMisplaced(l.ParentName, l.ParentPlace)),
        Flag("masquerade.lookalike_name", l => LookalikeName.Is(l.ChildStem)),
        Flag("masquerade.unexpected_parent", HasUnexpectedParent),

        new("privilege.integrity", "level", "0 untrusted – 5 protected", l => (float)l.Integrity),
        Flag("privilege.elevated", l => l.IsElevated),
        Flag("privilege.system_account", l => l.IsSystemAccount),

        Flag("lineage.document_starts_shell", l => l.ParentKind == BinaryKind.Office && RunsCode(l)),
        Flag("lineage.browser_starts_shell", l => l.ParentKind == BinaryKind.Browser && RunsCode(l)),
        Flag("lineage.server_starts_shell", l => l.ParentKind == BinaryKind.Server && RunsCode(l)),
        Flag("lineage.script_host_starts_shell", l => l.ParentKind == BinaryKind.ScriptHost && RunsCode(l)),
        Flag("lineage.service_starts_shell", l => l.ParentKind == BinaryKind.Service && RunsCode(l)),
        Flag("lineage.remote_starts_shell", l => l.ParentKind == BinaryKind.RemoteExecution && RunsCode(l)),
        Flag("lineage.proxy_starts_program", l => l.ParentKind == BinaryKind.ProxyExecution && l.ChildKind != BinaryKind.Maintenance),
        Flag("lineage.user_program_starts_shell", l => PathPlaces.IsUserWritable(l.ParentPlace) && RunsCode(l)),
        Flag("lineage.user_program_starts_system_tool", l =>
            PathPlaces.IsUserWritable(l.ParentPlace) && KnownBinaries.IsOfWindows(l.ChildName)),
        Flag("lineage.childless_parent", l =>
            KnownBinaries.IsChildless(l.ParentName) && l.ChildKind is not BinaryKind.Maintenance && l.ChildName != l.ParentName),
        Flag("lineage.proxy_runs_user_file", l => RunsOthersFiles(l) && l.Marks.HasFlag(Marks.UserFolder)),
        Flag("lineage.document_starts_user_file", l =>
            l.ParentKind is BinaryKind.Office or BinaryKind.ScriptHost
            && (PathPlaces.IsUserWritable(l.ChildPlace) || l.Marks.HasFlag(Marks.UserFolder))),
        Flag("lineage.shell_without_arguments", l =>
            l.ChildKind is BinaryKind.Shell or BinaryKind.ProxyExecution && l.CommandLine.Arguments.Length == 0),
        Flag("lineage.same_name", l => l.ParentName == l.ChildName),
        Flag("lineage.same_folder", l => Folder(l.ParentPath) == Folder(l.ChildPath)),

        .. BehaviourList.All.Select((b, i) => Count($"behaviour.{b.Name}", "terms found", Behaviour.MaxTerms, l => l.Behaviours[i])),
        Count("behaviour.kinds", "behaviours found", 20, l => l.Behaviours.Count(n => n > 0)),
    ];

    private static bool RunsCode(Launch l) =>
        l.ChildKind is BinaryKind.Shell or BinaryKind.ScriptHost or BinaryKind.ProxyExecution or BinaryKind.Transfer or BinaryKind.Discovery
            or BinaryKind.Administration;

    private static bool RunsOthersFiles(Launch l) =>
        l.ChildKind is BinaryKind.ScriptHost or BinaryKind.ProxyExecution
        || l.ChildName is "control.exe" or "msiexec.exe" or "sdbinst.exe" or "mmc.exe";

    private static bool IsRenamed(Launch l) => !KnownBinaries.AreAliases(l.ChildStem, l.OriginalStem);

    private static bool IsMisplaced(string name, PathPlace place) =>
        KnownBinaries.IsOfWindows(name) && place is not (PathPlace.System32 or PathPlace.WindowsFolder or PathPlace.ProgramFiles);

    private static bool HasUnexpectedParent(Launch l) =>
        KnownBinaries.IsStrictlyParented(l.ChildName) && KnownBinaries.UsualParentOf(l.ChildName) is { } usual && usual != l.ParentName
        && l.ParentKind is not BinaryKind.Service;

    private static ReadOnlySpan<char> FolderSpan(string path) => path.LastIndexOf('\\') is > 0 and var end ? path.AsSpan(0, end) : "";

    private static string Folder(string path) => FolderSpan(path).ToString();

    private static string Word<T>(T value)
        where T : struct, Enum =>
            string.Concat(
                value.ToString().Select(
                    (c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
