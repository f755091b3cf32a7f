using System.Diagnostics;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.Package;

/// <summary>
/// The package as <c>azd</c> makes it, but for the host's Event Hubs extension, which not every registry has. Taken from the folder that
/// <c>CHANGELING_PACKAGE</c> names, otherwise published for the tests of the class.
/// </summary>
public sealed class PublishedPackage : IAsyncLifetime
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("changeling-package-");

    /// <summary>What lies in <c>/home/site/wwwroot</c>.</summary>
    public string Folder { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var made = Environment.GetEnvironmentVariable("CHANGELING_PACKAGE");
        Folder = string.IsNullOrEmpty(made) ? _scratch.FullName : Path.GetFullPath(made, RepositoryRoot.Combine());
        if (Folder == _scratch.FullName) await PublishAsync(Folder);
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task PublishAsync(string output)
    {
        var info = new ProcessStartInfo(
            "dotnet", ["publish", "Functions.csproj", "-c", "Release", "-p:HostExtensions=false", "--output", output])
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
