namespace Changeling.HostStandIn.App;

/// <summary>The part of <c>worker.config.json</c> that is needed to start the worker.</summary>
/// <param name="Executable"><c>dotnet</c>, or the path of the app's own executable.</param>
/// <param name="Library">The path of the worker's assembly: the executable's first argument.</param>
internal sealed record WorkerConfig(string Executable, string Library)
{
    private const string FileName = "worker.config.json";
    private const string Root = "{WorkerRoot}";

    /// <summary>Reads the file of an app folder.</summary>
    /// <exception cref="HostFailedException">
    /// The file is missing, is for another language, or names a worker that does not exist.
    /// </exception>
    public static WorkerConfig Read(string folder) => AppFile.Read(folder, FileName, root =>
    {
        var description = root.GetProperty("description");
        var language = description.GetProperty("language").GetString();
        if (language != "dotnet-isolated") throw new FormatException($"It is for {language}, not for dotnet-isolated.");

        var library = description.GetProperty("defaultWorkerPath").GetString()!;
        var executable = description.GetProperty("defaultExecutablePath").GetString()!;
        if (!File.Exists(Path.Combine(folder, library))) throw AppFile.Missing(folder, library);
        return new WorkerConfig(OwnExecutable(folder, executable), Path.Combine(folder, library));
    });

    private static string OwnExecutable(string folder, string executable)
    {
        if (!executable.StartsWith(Root, StringComparison.Ordinal)) return executable;

        var name = executable[Root.Length..];
        if (OperatingSystem.IsWindows() && !File.Exists(Path.Combine(folder, name))) name += ".exe";
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? path : throw AppFile.Missing(folder, name);
    }
}
