namespace Changeling.Features;

/// <summary>Names and paths of programs in the form that features read.</summary>
internal static class ProgramName
{
    /// <summary>Lower case and at most 1,024 UTF-16 units, which are enough to distinguish Windows paths.</summary>
    public static string Lower(string? text) =>
        text is null ? "" : (text.Length > 1024 ? text[..1024] : text).ToLowerInvariant();

    /// <summary>A lower-case name without its extension.</summary>
    public static string Stem(string name) => name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : name;

    /// <summary>The path of a program whose source does not have it.</summary>
    /// <param name="name">Its lower-case name.</param>
    public static string UsualPath(string name) => name switch
    {
        "explorer.exe" => @"c:\windows\explorer.exe",
        "system" or "registry" => name,
        "powershell.exe" or "powershell_ise.exe" => @"c:\windows\system32\windowspowershell\v1.0\" + name,
        "wmiprvse.exe" or "wmic.exe" or "scrcons.exe" or "unsecapp.exe" => @"c:\windows\system32\wbem\" + name,
        _ when KnownBinaries.IsOfWindows(name) => @"c:\windows\system32\" + name,

        // Neither a folder of programs nor one of users: what a source does not say must not speak for the launch, nor against it.
        _ => @"c:\apps\" + Stem(name) + @"\" + name,
    };

    /// <summary>
    /// The place of a program. An unknown program in the folder of programs is anywhere: whoever can install one can name it.
    /// </summary>
    public static PathPlace PlaceOf(string path, KnownBinary program) =>
        PathPlaces.Of(path) is var place && place == PathPlace.ProgramFiles && !program.IsKnown ? PathPlace.Elsewhere : place;
}
