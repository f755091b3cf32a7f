using System.Collections.Frozen;
using Changeling.Catalogues;

namespace Changeling.Features;

/// <summary>Facts about names of files and folders, lower case: <c>Words/file-names.txt</c>.</summary>
internal static class FileNames
{
    private static readonly WordFile File = WordFile.Read(typeof(FileNames), "Words/file-names.txt");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Extensions = Lookup("extensions");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TellingFiles = Lookup("telling_files");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TestKits = Lookup("test_kits");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> LibraryExtensions = Lookup("library_extensions");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> LibrariesOfWindows = Lookup("libraries_of_windows");

    /// <summary>System processes whose names attackers imitate, without extension.</summary>
    public static string[] Imitated { get; } = File["imitated_names"].Texts;

    /// <summary>Folders below <c>C:\Windows</c> that users can write to, or that hold no programs; each ends with a backslash.</summary>
    public static string[] FoldersWithoutPrograms { get; } = File["folders_without_programs"].Texts;

    /// <summary>Parts of paths by which a command names a place that ordinary users can write to.</summary>
    public static string[] UserFolders { get; } = File["user_folders"].Texts;

    /// <summary>Whether a word with this extension, given without its dot, is a file name.</summary>
    public static bool IsExtension(ReadOnlySpan<char> extension) => Extensions.Contains(extension);

    /// <summary>Whether the name of a library or file shows what a command does.</summary>
    public static bool SaysWhatHappens(ReadOnlySpan<char> name) => TellingFiles.Contains(name);

    /// <summary>Whether a word is the name of a test kit. These occur in recordings and catalogues, but not in real attacks.</summary>
    public static bool IsTestKit(ReadOnlySpan<char> word) => TestKits.Contains(word);

    /// <summary>Whether an extension, given without its dot, is one of a library.</summary>
    public static bool IsLibraryExtension(ReadOnlySpan<char> extension) => LibraryExtensions.Contains(extension);

    /// <summary>Whether Windows, its drivers or its installers load a library of this name, given without extension.</summary>
    public static bool IsLibraryOfWindows(ReadOnlySpan<char> stem) => LibrariesOfWindows.Contains(stem);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup(string heading) =>
        File[heading].ToSet().GetAlternateLookup<ReadOnlySpan<char>>();
}
