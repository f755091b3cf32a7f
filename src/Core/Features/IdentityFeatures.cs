using static Changeling.Features.Feature<Changeling.Features.Launch>;
using OfParent = Changeling.Features.Feature<Changeling.Features.LaunchParent>;

namespace Changeling.Features;

/// <summary>Names, paths and rights of parent and child, and whether the child is the program that its name says.</summary>
internal static class IdentityFeatures
{
    private static readonly BinaryKind[] KindsInside =
    [
        .. Enum.GetValues<BinaryKind>()
            .Where(k => k is BinaryKind.Shell or BinaryKind.ScriptHost or BinaryKind.Discovery or BinaryKind.Administration
                or BinaryKind.ProxyExecution or BinaryKind.Transfer or BinaryKind.RemoteExecution or BinaryKind.Accessory
                or BinaryKind.RemoteTool),
    ];

    public static IReadOnlyList<Feature> All { get; } =
    [
        OneOf(Enum.GetValues<BinaryKind>().Select(k => $"child.kind.{Word(k)}"), l => (int)l.ChildKind),
        OfParent.OneOf(Enum.GetValues<BinaryKind>().Select(k => $"parent.kind.{Word(k)}"), p => (int)p.Kind),
        OneOf(Enum.GetValues<PathPlace>().Select(p => $"child.place.{Word(p)}"), l => (int)l.ChildPlace),
        OfParent.OneOf(Enum.GetValues<PathPlace>().Select(p => $"parent.place.{Word(p)}"), p => (int)p.Place),
        OneOf(KindsInside.Select(k => $"inner.kind.{Word(k)}"), l =>
            l.Inner.Length > 0 ? Array.IndexOf(KindsInside, KnownBinaries.Of(l.Inner).Kind) : -1),
        Flag("inner.present", l => l.Inner.Length > 0),
        Flag("inner.lolbin", l => KnownBinaries.Of(l.Inner).IsLolBin),
        Flag("child.lolbin", l => l.Child.IsLolBin),
        OfParent.Flag("parent.lolbin", p => p.Program.IsLolBin),
        Flag("child.of_windows", l => l.Child.IsOfWindows),
        OfParent.Flag("parent.of_windows", p => p.Program.IsOfWindows),
        Flag("child.user_writable", l => PathPlaces.IsUserWritable(l.ChildPlace)),
        OfParent.Flag("parent.user_writable", p => PathPlaces.IsUserWritable(p.Place)),
        Count("command_line.lolbins", "known programs named", 6, LolBins),
        Log("child.name_length", "characters of the name", l => l.ChildStem.Length),
        Share("child.name_digits", "share of characters", l =>
            l.ChildStem.Length == 0 ? 0 : (float)l.ChildStem.Count(char.IsAsciiDigit) / l.ChildStem.Length),
        Flag("child.not_exe", l => !l.ChildName.EndsWith(".exe", StringComparison.Ordinal)),

        Flag("masquerade.original_name_differs", l => !KnownBinaries.AreAliases(l.ChildStem, l.OriginalStem)),
        Flag("masquerade.original_is_of_windows", l => IsRenamed(l) && KnownBinaries.IsOfWindows(l.OriginalStem + ".exe")),
        Flag("masquerade.original_is_lolbin", l => IsRenamed(l) && KnownBinaries.Of(l.OriginalStem + ".exe").IsLolBin),
        Flag("masquerade.system_name_elsewhere", l => IsMisplaced(l.Child, l.ChildPlace)),
        OfParent.Flag("masquerade.parent_system_name_elsewhere", p => IsMisplaced(p.Program, p.Place)),
        Flag("masquerade.lookalike_name", l => LookalikeName.Is(l.ChildStem)),
        Flag("masquerade.unexpected_parent", HasUnexpectedParent),

        Value("privilege.integrity", "level", "0 untrusted – 5 protected", l => (float)l.Integrity),
        Flag("privilege.elevated", l => l.IsElevated),
        Flag("privilege.system_account", l => l.IsSystemAccount),

        Flag("lineage.document_starts_shell", l => l.Parent.Kind == BinaryKind.Office && RunsCode(l)),
        Flag("lineage.browser_starts_shell", l => l.Parent.Kind == BinaryKind.Browser && RunsCode(l)),
        Flag("lineage.server_starts_shell", l => l.Parent.Kind == BinaryKind.Server && RunsCode(l)),
        Flag("lineage.script_host_starts_shell", l => l.Parent.Kind == BinaryKind.ScriptHost && RunsCode(l)),
        Flag("lineage.service_starts_shell", l => l.Parent.Kind == BinaryKind.Service && RunsCode(l)),
        Flag("lineage.remote_starts_shell", l => l.Parent.Kind == BinaryKind.RemoteExecution && RunsCode(l)),
        Flag("lineage.proxy_starts_program", l => l.Parent.Kind == BinaryKind.ProxyExecution && l.ChildKind != BinaryKind.Maintenance),
        Flag("lineage.user_program_starts_shell", l => PathPlaces.IsUserWritable(l.Parent.Place) && RunsCode(l)),
        Flag("lineage.user_program_starts_system_tool", l =>
            PathPlaces.IsUserWritable(l.Parent.Place) && l.Child.IsOfWindows),
        Flag("lineage.childless_parent", l =>
            l.Parent.Program.IsChildless && l.ChildKind is not BinaryKind.Maintenance && l.ChildName != l.Parent.Name),
        Flag("lineage.proxy_runs_user_file", l => RunsOthersFiles(l) && l.Found.Marks.HasFlag(Marks.UserFolder)),
        Flag("lineage.document_starts_user_file", l =>
            l.Parent.Kind is BinaryKind.Office or BinaryKind.ScriptHost
            && (PathPlaces.IsUserWritable(l.ChildPlace) || l.Found.Marks.HasFlag(Marks.UserFolder))),
        Flag("lineage.shell_without_arguments", l =>
            l.ChildKind is BinaryKind.Shell or BinaryKind.ProxyExecution && l.CommandLine.Arguments.Length == 0),
        Flag("lineage.same_name", l => l.Parent.Name == l.ChildName),
        Flag("lineage.same_folder", l => Folder(l.Parent.Path).SequenceEqual(Folder(l.ChildPath))),

        Terms("behaviour", BehaviourList.All, l => l.Found.Behaviours),
        Kinds("behaviour.kinds", "behaviours found", 20, l => l.Found.Behaviours),
    ];

    private static bool RunsCode(Launch l) =>
        l.ChildKind is BinaryKind.Shell or BinaryKind.ScriptHost or BinaryKind.ProxyExecution or BinaryKind.Transfer or BinaryKind.Discovery
            or BinaryKind.Administration;

    private static bool RunsOthersFiles(Launch l) =>
        l.ChildKind is BinaryKind.ScriptHost or BinaryKind.ProxyExecution
        || l.ChildName is "control.exe" or "msiexec.exe" or "sdbinst.exe" or "mmc.exe";

    private static bool IsRenamed(Launch l) => !KnownBinaries.AreAliases(l.ChildStem, l.OriginalStem);

    private static bool IsMisplaced(KnownBinary program, PathPlace place) =>
        program.IsOfWindows && place is not (PathPlace.System32 or PathPlace.WindowsFolder or PathPlace.ProgramFiles);

    private static bool HasUnexpectedParent(Launch l) =>
        l.Child.IsStrictlyParented && l.Child.UsualParent is { } usual && usual != l.Parent.Name
        && l.Parent.Kind is not BinaryKind.Service;

    private static ReadOnlySpan<char> Folder(string path) => path.LastIndexOf('\\') is > 0 and var end ? path.AsSpan(0, end) : "";

    private static int LolBins(Launch l)
    {
        var count = 0;
        foreach (var word in l.Folded.AsSpan().Split(' ')) if (LolBinCatalogue.Shipped.ContainsStem(l.Folded.AsSpan(word))) count++;
        return count;
    }

    private static string Word<T>(T value)
        where T : struct, Enum =>
            string.Concat(
                value.ToString().Select(
                    (c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
