namespace Changeling.Cli;

/// <summary>The function app that <c>demo</c> and <c>replay</c> run.</summary>
internal static class AppFolder
{
    private const string Mark = "host.json";

    /// <summary>The app's folder.</summary>
    /// <param name="chosen">As the user named it; <see langword="null"/> takes the app that came with the program.</param>
    /// <exception cref="CliException">None came with it.</exception>
    public static string Of(string? chosen) => chosen ?? Find(AppContext.BaseDirectory);

    /// <summary>The app in the folder <c>app</c> of an installed program, or beside a program that was built from the repository.</summary>
    /// <param name="program">The folder of the program.</param>
    /// <exception cref="CliException">It is in neither place.</exception>
    internal static string Find(string program)
    {
        var configuration = new DirectoryInfo(Path.TrimEndingDirectorySeparator(program)).Name;
        string[] places = [Path.Combine(program, "app"), Path.GetFullPath(Path.Combine(program, "..", "..", "Functions", configuration))];
        return places.FirstOrDefault(place => File.Exists(Path.Combine(place, Mark)))
            ?? throw new CliException(
                $"no function app came with this program in {program}; pass a published one with --app DIR ('dotnet publish src/Functions' makes it).");
    }
}
