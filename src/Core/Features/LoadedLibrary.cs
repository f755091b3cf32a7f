namespace Changeling.Features;

/// <summary>
/// The library that <c>rundll32</c> or <c>regsvr32</c> is asked to load, directly or by a shell. Any program counts that takes a file with
/// the number of a function (<c>x.dll,#1</c>), as a renamed copy of rundll32 does.
/// </summary>
/// <param name="Stem">Its lower-case name without folder and without a library's extension; empty if none is loaded.</param>
/// <param name="Place">Where it lies; <see cref="PathPlace.Elsewhere"/> without a folder too.</param>
/// <param name="HasFolder">Whether the command names its folder.</param>
/// <param name="HasOtherExtension">Whether its extension is none of a library.</param>
/// <param name="IsByNumber">Whether the function is given by its number.</param>
internal readonly record struct LoadedLibrary(string Stem, PathPlace Place, bool HasFolder, bool HasOtherExtension, bool IsByNumber)
{
    /// <summary>The longest text that is read as a path.</summary>
    private const int MaxPath = 300;

    private const string ByNumber = ",#";

    /// <summary>What is loaded where nothing is.</summary>
    private static readonly LoadedLibrary Nothing = new("", PathPlace.Elsewhere, false, false, false);

    private static readonly string[] Loaders = ["rundll32", "regsvr32"];

    /// <summary>Whether a library is loaded.</summary>
    public bool IsNamed => Stem.Length > 0;

    /// <summary>Whether its name is none that Windows or its drivers load this way.</summary>
    public bool IsUnknown => IsNamed && !FileNames.IsLibraryOfWindows(Stem);

    /// <summary>The library that a launch loads.</summary>
    public static LoadedLibrary Of(Launch launch)
    {
        var text = launch.CommandLine.Effective.AsSpan();
        foreach (var loader in Loaders)
        {
            if (launch.ChildStem == loader || launch.OriginalStem == loader) return Read(text);
            if (launch.Inner.StartsWith(loader, StringComparison.Ordinal)) return Read(After(text, loader));
        }

        return text.Contains(ByNumber, StringComparison.Ordinal) && launch.Inner.Length == 0 ? Read(text) : Nothing;
    }

    private static ReadOnlySpan<char> After(ReadOnlySpan<char> text, string loader)
    {
        var rest = text[(text.IndexOf(loader) + loader.Length)..];
        return rest.StartsWith(".exe") ? rest[4..] : rest;
    }

    private static LoadedLibrary Read(ReadOnlySpan<char> arguments)
    {
        arguments = WithoutSwitches(arguments);
        if (arguments.Length > MaxPath) arguments = arguments[..MaxPath];
        var end = EndOfPath(arguments);
        var path = arguments[..end].Trim();
        var function = arguments[end..].TrimStart(", ");
        var name = path[(path.LastIndexOfAny('\\', '/') + 1)..];
        var dot = name.LastIndexOf('.');
        var isLibrary = dot >= 0 && FileNames.IsLibraryExtension(name[(dot + 1)..]);
        var stem = isLibrary ? name[..dot] : name;
        return stem.IsEmpty
            ? Nothing
            : new(
                stem.ToString(),
                name.Length == path.Length ? PathPlace.Elsewhere : PathPlaces.Of(path.ToString()),
                HasFolder: name.Length < path.Length,
                HasOtherExtension: dot >= 0 && !isLibrary,
                IsByNumber: function.Length > 1 && function[0] == '#' && char.IsAsciiDigit(function[1]));
    }

    private static ReadOnlySpan<char> WithoutSwitches(ReadOnlySpan<char> arguments)
    {
        arguments = arguments.TrimStart();
        while (arguments.StartsWith("-"))
        {
            var end = arguments.IndexOf(' ');
            arguments = end < 0 ? default : arguments[end..].TrimStart();
        }

        return arguments;
    }

    /// <summary>
    /// A comma ends the path. Otherwise the first blank behind a name with an extension does, because quotes are gone and folders have
    /// blanks.
    /// </summary>
    private static int EndOfPath(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == ',') return at;
            if (text[at] == ' ' && text[(text[..at].LastIndexOfAny('\\', '/') + 1)..at].Contains('.')) return at;
        }

        return text.IndexOf(' ') is > 0 and var blank && !text[..blank].ContainsAny('\\', '/') ? blank : text.Length;
    }
}
