using System.Diagnostics;
using System.IO.Compression;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.Package;

/// <summary>
/// The package as <c>azd</c> makes it: <c>dotnet publish -c Release --output FOLDER</c> without a word about the runtime, zipped with Unix
/// modes; and unpacked again, as Flex Consumption mounts it. Made once for all tests of the class.
/// </summary>
public sealed class PublishedPackage : IAsyncLifetime
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("changeling-package-");

    /// <summary>The zip file that is uploaded.</summary>
    public string Zip => Path.Combine(_scratch.FullName, "scorer.zip");

    /// <summary>What lies in <c>/home/site/wwwroot</c>.</summary>
    public string Folder => Path.Combine(_scratch.FullName, "wwwroot");

    /// <summary>The program that <c>host.json</c> names.</summary>
    public string Executable => Path.Combine(Folder, "Changeling.Functions");

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux()) return;

        var published = Path.Combine(_scratch.FullName, "published");
        await PublishAsync(published);
        await ZipFile.CreateFromDirectoryAsync(published, Zip, CompressionLevel.Fastest, includeBaseDirectory: false);
        Directory.Delete(published, recursive: true);
        await ZipFile.ExtractToDirectoryAsync(Zip, Folder);
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task PublishAsync(string output)
    {
        var info = new ProcessStartInfo("dotnet", ["publish", "Functions.csproj", "-c", "Release", "--output", output])
        {
            WorkingDirectory = RepositoryRoot.Combine("src", "Functions"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Build servers outlive the command and would hold its output open.
        info.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        info.Environment["UseSharedCompilation"] = "false";
        info.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        using var publish = Process.Start(info)!;
        var (text, errors) = (publish.StandardOutput.ReadToEndAsync(), publish.StandardError.ReadToEndAsync());
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, $"{await text}{await errors}");
    }
}
