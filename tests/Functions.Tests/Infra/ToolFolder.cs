namespace Changeling.Functions.Tests.Infra;

/// <summary>A folder for <c>PATH</c> with one tool in it, which prints a text whatever it is asked.</summary>
internal sealed class ToolFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("changeling-tool-");

    public ToolFolder(string name, string prints)
    {
        var tool = System.IO.Path.Combine(Path, name);
        File.WriteAllText(tool, $"#!/bin/sh\nprintf '%s' '{prints}'\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
