namespace Changeling.HostStandIn.App;

/// <summary>A function app's folder, as the host sees it before the worker runs.</summary>
/// <param name="Folder">Its full path.</param>
/// <param name="Host">The content of <c>host.json</c>.</param>
/// <param name="Worker">The content of <c>worker.config.json</c>.</param>
internal sealed record FunctionApp(string Folder, HostJson Host, WorkerConfig Worker)
{
    private const string Metadata = "functions.metadata";

    /// <summary>Reads an app folder, built or published.</summary>
    /// <exception cref="HostFailedException">It is not the folder of an isolated .NET function app.</exception>
    public static FunctionApp Read(string folder)
    {
        var full = Path.GetFullPath(folder);
        var host = HostJson.Read(full);
        var worker = WorkerConfig.Read(full);
        return File.Exists(Path.Combine(full, Metadata)) ? new FunctionApp(full, host, worker) : throw AppFile.Missing(full, Metadata);
    }
}
