namespace Changeling.HostStandIn.Npm;

/// <summary>A pinned package from npm.</summary>
/// <param name="Folder">The folder with <c>package.json</c> and its lock, which pin the package.</param>
/// <param name="Name">Its name.</param>
/// <param name="File">A file of it, below <c>node_modules</c>, with <c>/</c> between folders.</param>
/// <param name="Title">What people call it.</param>
public sealed record NpmPackage(string Folder, string Name, string File, string Title)
{
    /// <summary>The full path of the file.</summary>
    public string Path { get; } = System.IO.Path.Combine([Folder, "node_modules", .. File.Split('/')]);
}
