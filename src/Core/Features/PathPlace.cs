namespace Changeling.Features;

/// <summary>Where in the file system a program or file lies.</summary>
internal enum PathPlace
{
    /// <summary>Anywhere not named below, for example a folder at the root of a drive.</summary>
    Elsewhere,
    System32,
    WindowsFolder,

    /// <summary>Windows' temporary folder and folders of Windows where no program belongs.</summary>
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

/// <summary>Tells the <see cref="PathPlace"/> of a lower-case path.</summary>
internal static class PathPlaces
{
    /// <summary>Folders of Windows that users can write to, or that hold no programs.</summary>
    private static readonly string[] NoProgramFolders =
        [@"temp\", @"tasks\", @"tracing\", @"debug\", @"fonts\", @"media\", @"help\", @"cursors\", @"addins\", @"pla\", @"system32\spool\drivers\color\", @"system32\tasks\"];

    public static PathPlace Of(string path)
    {
        if (path.Length == 0) return PathPlace.Elsewhere;
        if (path.StartsWith(@"\\", StringComparison.Ordinal) || path.Contains("davwwwroot", StringComparison.Ordinal) || path.StartsWith(@"\device\mup\", StringComparison.Ordinal)) return PathPlace.Network;

        var local = WithoutDrive(path);
        if (local.StartsWith(@"\windows\", StringComparison.Ordinal)) return OfWindows(local[9..]);
        if (local.StartsWith(@"\program files", StringComparison.Ordinal) || local.StartsWith(@"\progra~", StringComparison.Ordinal)) return PathPlace.ProgramFiles;
        if (local.StartsWith(@"\programdata\", StringComparison.Ordinal)) return PathPlace.ProgramData;
        if (local.StartsWith(@"\users\", StringComparison.Ordinal)) return OfUsers(local[7..]);
        if (local.StartsWith(@"\$recycle.bin", StringComparison.Ordinal) || local.StartsWith(@"\perflogs\", StringComparison.Ordinal)) return PathPlace.Public;
        if (local.StartsWith(@"\temp\", StringComparison.Ordinal) || local.StartsWith(@"\tmp\", StringComparison.Ordinal)) return PathPlace.UserTemp;
        return local.LastIndexOf('\\') == 0 ? PathPlace.DriveRoot : PathPlace.Elsewhere;
    }

    /// <summary>Whether ordinary users can write there.</summary>
    public static bool IsUserWritable(PathPlace place) =>
        place is PathPlace.UserProfile or PathPlace.UserTemp or PathPlace.Downloads or PathPlace.Public or PathPlace.WindowsTemp or PathPlace.ProgramData;

    private static PathPlace OfWindows(ReadOnlySpan<char> rest)
    {
        foreach (var folder in NoProgramFolders) if (rest.StartsWith(folder)) return PathPlace.WindowsTemp;
        return rest.StartsWith(@"system32\") || rest.StartsWith(@"syswow64\") || rest.StartsWith(@"sysnative\") ? PathPlace.System32 : PathPlace.WindowsFolder;
    }

    private static PathPlace OfUsers(ReadOnlySpan<char> rest)
    {
        if (rest.StartsWith(@"public\")) return PathPlace.Public;
        if (rest.Contains(@"\temp\", StringComparison.Ordinal) || rest.Contains(@"\content.outlook\", StringComparison.Ordinal) || rest.Contains(@"\inetcache\", StringComparison.Ordinal)) return PathPlace.UserTemp;
        return rest.Contains(@"\downloads\", StringComparison.Ordinal) || rest.Contains(@"\desktop\", StringComparison.Ordinal) || rest.Contains(@"\documents\", StringComparison.Ordinal)
            ? PathPlace.Downloads : PathPlace.UserProfile;
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
