using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Changeling.HostStandIn.Azurite;

/// <summary>Installs the pinned Azurite from npm on first need, only once, even if several processes need it at the same time.</summary>
public static class AzuriteInstall
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PollLock = TimeSpan.FromMilliseconds(200);

    /// <summary>Installs Azurite in the version of the lock file, unless it is installed.</summary>
    /// <param name="toolsFolder">The folder with <c>package.json</c> and its lock.</param>
    /// <param name="onProgress">Called when an installation starts.</param>
    /// <param name="cancellationToken">Ends the wait and the installation.</param>
    /// <returns>The path of Azurite's script, for <c>node</c>.</returns>
    /// <exception cref="HostFailedException">npm is missing or fails.</exception>
    public static async Task<string> EnsureAsync(string toolsFolder, Action<string>? onProgress, CancellationToken cancellationToken)
    {
        var script = Path.Combine(toolsFolder, "node_modules", "azurite", "dist", "src", "azurite.js");
        if (IsInstalled(toolsFolder, script)) return script;

        using var patience = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await using var mutex = await LockAsync(toolsFolder, either.Token);
            if (!IsInstalled(toolsFolder, script))
            {
                onProgress?.Invoke($"Installing Azurite from npm into {toolsFolder} (once, about a minute) …");

                // If a process that started npm was killed, npm may still run in the folder. Then the first attempt fails.
                await RunNpmAsync(toolsFolder, isLastTry: false, either.Token);
                if (!IsInstalled(toolsFolder, script)) await RunNpmAsync(toolsFolder, isLastTry: true, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HostFailedException(
                $"Installing Azurite took longer than {Patience.TotalMinutes} minutes: run npm ci in {toolsFolder} to see the reason.");
        }

        return File.Exists(script)
            ? script
            : throw new HostFailedException(
                $"npm ci in {toolsFolder} succeeded, but Azurite is not installed: delete node_modules there and try again.");
    }

    /// <summary>npm writes its hidden lock last; the version must be the pinned one.</summary>
    private static bool IsInstalled(string toolsFolder, string script)
    {
        var installed = Path.Combine(toolsFolder, "node_modules", "azurite", "package.json");
        if (!File.Exists(script)
            || !File.Exists(installed)
            || !File.Exists(Path.Combine(toolsFolder, "node_modules", ".package-lock.json")))
            return false;

        using var package = JsonDocument.Parse(File.ReadAllBytes(installed));
        using var pinned = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(toolsFolder, "package.json")));
        return package.RootElement.GetProperty("version").GetString()
            == pinned.RootElement.GetProperty("dependencies").GetProperty("azurite").GetString();
    }

    /// <summary>A lock that the system releases when its holder dies, outside the folder that npm deletes and refills.</summary>
    private static async Task<FileStream> LockAsync(string toolsFolder, CancellationToken cancellationToken)
    {
        var folder = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(toolsFolder))))[..16];
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

    private static async Task RunNpmAsync(string toolsFolder, bool isLastTry, CancellationToken cancellationToken)
    {
        var lines = new LastLines();
        var npm = new ProcessStartInfo(
            OperatingSystem.IsWindows()
                ? "npm.cmd"
                : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"])
        {
            WorkingDirectory = toolsFolder,
        };
        try
        {
            await using var process = OwnedProcess.Start(npm, lines.Add);
            var code = await process.Exited.WaitAsync(cancellationToken);
            if (code == 0) return;
            if (isLastTry) throw new HostFailedException($"npm ci in {toolsFolder} failed with exit code {code}. {lines}");
        }
        catch (Win32Exception exception)
        {
            throw new HostFailedException(
                "npm is not on the PATH: install Node.js 20 or later, which the storage emulator Azurite needs.", exception);
        }
    }
}
