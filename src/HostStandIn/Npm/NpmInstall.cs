using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Changeling.HostStandIn.Npm;

/// <summary>Installs pinned packages from npm on first need, only once, even if several processes need them at the same time.</summary>
public static class NpmInstall
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PollLock = TimeSpan.FromMilliseconds(200);

    /// <summary>Installs everything in the package's folder in the versions of the lock file, unless the package is installed.</summary>
    /// <param name="package">The package that is needed.</param>
    /// <param name="onProgress">Called when an installation starts.</param>
    /// <param name="cancellationToken">Ends the wait and the installation.</param>
    /// <returns>The path of the package's file.</returns>
    /// <exception cref="HostFailedException">npm is missing or fails.</exception>
    public static async Task<string> EnsureAsync(NpmPackage package, Action<string>? onProgress, CancellationToken cancellationToken)
    {
        if (IsInstalled(package)) return package.Path;

        using var patience = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await using var mutex = await LockAsync(package.Folder, either.Token);
            if (!IsInstalled(package))
            {
                onProgress?.Invoke($"Installing {package.Title} from npm into {package.Folder} (once, about a minute) …");

                // If a process that started npm was killed, npm may still run in the folder. Then the first attempt fails.
                await RunNpmAsync(package, isLastTry: false, either.Token);
                if (!IsInstalled(package)) await RunNpmAsync(package, isLastTry: true, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HostFailedException(
                $"Installing {package.Title} took longer than {Patience.TotalMinutes} minutes: run npm ci in {package.Folder} to see the reason.");
        }

        return File.Exists(package.Path)
            ? package.Path
            : throw new HostFailedException(
                $"npm ci in {package.Folder} succeeded, but {package.Title} is not installed: delete node_modules there and try again.");
    }

    /// <summary>npm writes its hidden lock last; the version must be the pinned one.</summary>
    private static bool IsInstalled(NpmPackage package)
    {
        var modules = Path.Combine(package.Folder, "node_modules");
        var installed = Path.Combine(modules, package.Name, "package.json");
        if (!File.Exists(package.Path) || !File.Exists(installed) || !File.Exists(Path.Combine(modules, ".package-lock.json")))
            return false;

        using var present = JsonDocument.Parse(File.ReadAllBytes(installed));
        using var pinned = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(package.Folder, "package.json")));
        return present.RootElement.GetProperty("version").GetString()
            == pinned.RootElement.GetProperty("dependencies").GetProperty(package.Name).GetString();
    }

    /// <summary>A lock that the system releases when its holder dies, outside the folder that npm deletes and refills.</summary>
    private static async Task<FileStream> LockAsync(string npmFolder, CancellationToken cancellationToken)
    {
        var folder = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(npmFolder))))[..16];
        var path = Path.Combine(Path.GetTempPath(), $"changeling-npm-{folder}.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(PollLock, cancellationToken);
            }
        }
    }

    private static async Task RunNpmAsync(NpmPackage package, bool isLastTry, CancellationToken cancellationToken)
    {
        var lines = new LastLines();
        var npm = new ProcessStartInfo(
            OperatingSystem.IsWindows()
                ? "npm.cmd"
                : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"])
        {
            WorkingDirectory = package.Folder,
        };
        try
        {
            await using var process = OwnedProcess.Start(npm, lines.Add);
            var code = await process.Exited.WaitAsync(cancellationToken);
            if (code == 0) return;
            if (isLastTry) throw new HostFailedException($"npm ci in {package.Folder} failed with exit code {code}. {lines}");
        }
        catch (Win32Exception exception)
        {
            throw new HostFailedException(
                $"npm is not on the PATH: install Node.js 20 or later, which {package.Title} needs.", exception);
        }
    }
}
