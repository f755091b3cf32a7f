using System.Collections.Frozen;
using Changeling.Catalogues;
using Changeling.Events;
using Changeling.Features;

namespace Changeling.Rules;

/// <summary>
/// Whether a program has a false name: a known tool under another name, or a Windows program's name outside the folders of Windows. A value
/// that the source does not have is unknown and never a mismatch; <c>Catalogues/masquerade.txt</c> lists the ordinary cases.
/// </summary>
/// <param name="OriginalFileName">The version resource's name as the source gave it; <see langword="null"/> when unknown.</param>
/// <param name="IsRenamed">The original name is a known tool's, and the file's name is another.</param>
/// <param name="IsMisplaced">The file's name is one of Windows', and it lies outside Windows' folders.</param>
public sealed record Masquerade(string? OriginalFileName, bool IsRenamed, bool IsMisplaced)
{
    private static readonly WordFile File = WordFile.Read(typeof(WordFile), "masquerade.txt");
    private static readonly FrozenSet<string> ToolsBesides = File["tools_besides"].ToSet();
    private static readonly FrozenSet<string> OriginalsThatOthersCopy = File["originals_that_others_copy"].ToSet();
    private static readonly FrozenSet<string> NamesThatOthersShip = File["names_that_others_ship"].ToSet();
    private static readonly FrozenSet<string> Aliases = File["aliases"].ToSet();
    private static readonly string[] Folders = File["folders"].Texts;

    /// <summary>No mismatch is known.</summary>
    public static Masquerade None { get; } = new(null, false, false);

    /// <summary>Checks an event's child.</summary>
    public static Masquerade Of(ProcessEvent e)
    {
        var child = e.Child;
        var renamed = child.OriginalFileName is { Length: > 0 } original && IsRenamedFrom(child.Name, original);
        var misplaced = child.Path is { } path && IsOutsideWindows(child.Name, path);
        return renamed || misplaced || child.OriginalFileName is not null ? new(child.OriginalFileName, renamed, misplaced) : None;
    }

    private static bool IsRenamedFrom(string name, string original)
    {
        var (now, before) = (Stem(name), Stem(WithoutMui(original.Trim().ToLowerInvariant())));
        if (before.Length == 0 || now == before || WithoutBits(now) == WithoutBits(before) || OriginalsThatOthersCopy.Contains(before))
            return false;
        if (Aliases.Contains($"{now} {before}")) return false;
        return KnownBinaries.IsOfWindows(before + ".exe")
            || LolBinCatalogue.Shipped.Contains(before + ".exe")
            || ToolsBesides.Contains(before);
    }

    private static bool IsOutsideWindows(string name, string path)
    {
        if (!KnownBinaries.IsOfWindows(name) || NamesThatOthersShip.Contains(Stem(name))) return false;
        var lower = path.ToLowerInvariant();
        if (!lower.Contains('\\')) return false;
        foreach (var folder in Folders) if (lower.Contains(folder, StringComparison.Ordinal) && IsNoTrap(lower, folder)) return false;
        return PathPlaces.Of(lower) is not (PathPlace.System32 or PathPlace.WindowsFolder or PathPlace.ProgramFiles);
    }

    /// <summary>
    /// A Windows folder inside a container image or a mounted image is ordinary. A Windows folder inside a user's profile is not, and
    /// neither are the folders of Windows that contain no programs.
    /// </summary>
    private static bool IsNoTrap(string path, string folder)
    {
        var before = path.AsSpan(0, path.IndexOf(folder, StringComparison.Ordinal));
        return PathPlaces.Of(path) != PathPlace.WindowsTemp
            && !before.Contains(@"\users", StringComparison.Ordinal)
            && !before.Contains(@"\temp", StringComparison.Ordinal);
    }

    private static string WithoutMui(string name) => name.EndsWith(".mui", StringComparison.Ordinal) ? name[..^4] : name;

    /// <summary><c>procdump64</c> and <c>procdump</c> are one program.</summary>
    private static string WithoutBits(string stem) =>
        stem.EndsWith("64", StringComparison.Ordinal) ? stem[..^2] : stem.EndsWith("64a", StringComparison.Ordinal) ? stem[..^3] : stem;

    private static string Stem(string name) =>
        name.EndsWith(".exe", StringComparison.Ordinal)
            || name.EndsWith(".com", StringComparison.Ordinal)
            || name.EndsWith(".dll", StringComparison.Ordinal)
            || name.EndsWith(".scr", StringComparison.Ordinal)
            ? name[..^4] : name;
}
