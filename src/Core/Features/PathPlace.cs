using System.Buffers;

namespace Changeling.Features;

/// <summary>Where in the file system a program or file lies.</summary>
internal enum PathPlace
{
    /// <summary>Anywhere not named below, for example a folder at the root of a drive.</summary>
    Elsewhere,
    System32,
    WindowsFolder,

    /// <summary>
    /// Windows' temporary folder, folders of Windows where no program belongs, and folders whose name ends in a blank, which imitate one.
    /// </summary>
    WindowsTemp,
    ProgramFiles,
    ProgramData,
    UserProfile,
    UserTemp,
    Downloads,
    Public,
    DriveRoot,
    Network,
}

/// <summary>Determines the <see cref="PathPlace"/> of a lower-case path.</summary>
internal static class PathPlaces
{
    private static readonly SearchValues<string> TemporaryFolders =
        SearchValues.Create([@"\temp\", @"\content.outlook\", @"\inetcache\"], StringComparison.Ordinal);

    private static readonly SearchValues<string> OwnFolders =
        SearchValues.Create([@"\downloads\", @"\desktop\", @"\documents\"], StringComparison.Ordinal);

    public static PathPlace Of(string path)
    {
        if (path.Length == 0) return PathPlace.Elsewhere;
        if (IsNetwork(path)) return PathPlace.Network;

        var local = WithoutDrive(path);
        if (EndsFolderWithBlank(local)) return PathPlace.WindowsTemp;
        if (local.StartsWith(@"\windows\")) return OfWindows(local[9..]);
        if (local.StartsWith(@"\program files") || local.StartsWith(@"\progra~")) return PathPlace.ProgramFiles;
        if (local.StartsWith(@"\programdata\")) return PathPlace.ProgramData;
        if (local.StartsWith(@"\users\")) return OfUsers(local[7..]);
        if (local.StartsWith(@"\$recycle.bin") || local.StartsWith(@"\perflogs\")) return PathPlace.Public;
        if (local.StartsWith(@"\temp\") || local.StartsWith(@"\tmp\")) return PathPlace.UserTemp;
        return local.LastIndexOf('\\') == 0 ? PathPlace.DriveRoot : PathPlace.Elsewhere;
    }

    /// <summary>Whether ordinary users can write there.</summary>
    public static bool IsUserWritable(PathPlace place) =>
        place is PathPlace.UserProfile or PathPlace.UserTemp or PathPlace.Downloads or PathPlace.Public or PathPlace.WindowsTemp
            or PathPlace.ProgramData;

    /// <summary>
    /// Whether the name of a folder ends in a blank. Windows removes such blanks from most paths, so <c>C:\Windows \System32</c> is made to
    /// be read as the other.
    /// </summary>
    public static bool EndsFolderWithBlank(ReadOnlySpan<char> path) => path.Contains(@" \", StringComparison.Ordinal);

    private static bool IsNetwork(string path) =>
        path.StartsWith(@"\\", StringComparison.Ordinal) || path.Contains("davwwwroot", StringComparison.Ordinal)
        || path.StartsWith(@"\device\mup\", StringComparison.Ordinal);

    private static PathPlace OfWindows(ReadOnlySpan<char> rest)
    {
        foreach (var folder in FileNames.FoldersWithoutPrograms) if (rest.StartsWith(folder)) return PathPlace.WindowsTemp;
        var isOfSystem = rest.StartsWith(@"system32\") || rest.StartsWith(@"syswow64\") || rest.StartsWith(@"sysnative\");
        return isOfSystem ? PathPlace.System32 : PathPlace.WindowsFolder;
    }

    private static PathPlace OfUsers(ReadOnlySpan<char> rest)
    {
        if (rest.StartsWith(@"public\")) return PathPlace.Public;
        if (rest.ContainsAny(TemporaryFolders)) return PathPlace.UserTemp;
        return rest.ContainsAny(OwnFolders) ? PathPlace.Downloads : PathPlace.UserProfile;
    }

    private static ReadOnlySpan<char> WithoutDrive(string path)
    {
        if (path.Length > 2 && path[1] == ':') return path.AsSpan(2);
        const string device = @"\device\harddiskvolume";
        if (!path.StartsWith(device, StringComparison.Ordinal)) return path;
        var end = path.IndexOf('\\', device.Length);
        return end < 0 ? path : path.AsSpan(end);
    }
}
