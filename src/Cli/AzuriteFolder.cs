using System.Security.Cryptography;

namespace Changeling.Cli;

/// <summary>The folder in which the storage emulator Azurite is installed when it is needed first.</summary>
internal static class AzuriteFolder
{
    private static readonly string[] Files = ["package.json", "package-lock.json"];

    /// <summary>
    /// The folder <c>tools</c> of the repository. For an installed program, whose own folder may be read-only, a folder of the user.
    /// </summary>
    public static string Find() => Find(AppContext.BaseDirectory, UserFolder);

    /// <param name="program">The folder of the program.</param>
    /// <param name="user">A folder of the user, which is created if needed.</param>
    /// <exception cref="CliException">The program came without the list of Azurite's packages.</exception>
    internal static string Find(string program, string user)
    {
        var shipped = Path.Combine(program, "azurite");
        if (HasAll(shipped)) return Copied(shipped, user);
        var tools = Path.GetFullPath(Path.Combine(program, "..", "..", "..", "..", "tools"));
        return HasAll(tools)
            ? tools
            : throw new CliException(
                $"{shipped} is missing, so Azurite cannot be installed; install the program again, or start Azurite yourself on the port of --azurite-port.");
    }

    private static string UserFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } folder ? folder : Path.GetTempPath(),
        "changeling");

    private static bool HasAll(string folder) => Files.All(file => File.Exists(Path.Combine(folder, file)));

    /// <summary>Another version of the program may name other packages, so each list has a folder of its own.</summary>
    private static string Copied(string shipped, string user)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(shipped, Files[1]))))[..8];
        var folder = Path.Combine(user, $"azurite-{digest}");
        OutputFiles.RequireFolder(folder);
        foreach (var file in Files)
        {
            var target = Path.Combine(folder, file);
            if (File.Exists(target)) continue;

            // Two programs may do this at the same time: whoever is last writes the same bytes.
            var own = $"{target}.{Environment.ProcessId}";
            File.Copy(Path.Combine(shipped, file), own, overwrite: true);
            File.Move(own, target, overwrite: true);
        }

        return folder;
    }
}
