using System.Text.Json.Nodes;
using Changeling.Functions.Tests.App;

namespace Changeling.Functions.Tests.StandIn;

/// <summary>The app's two configuration files in a folder of their own, changed by a test; a shell script may be the app.</summary>
internal sealed class AppFolderCopy : IDisposable
{
    public AppFolderCopy(Action<JsonObject> changeFunction, Action<JsonObject>? changeHost = null, string? script = null)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "ScoreTelemetry"));
        Change("host.json", changeHost);
        Change(System.IO.Path.Combine("ScoreTelemetry", "function.json"), changeFunction);
        if (script is not null) WriteScript(System.IO.Path.Combine(Path, "Changeling.Functions"), script);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("changeling-app-").FullName;

    private void Change(string name, Action<JsonObject>? change)
    {
        var file = JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(BuiltApp.Folder, name)))!.AsObject();
        change?.Invoke(file);
        File.WriteAllText(System.IO.Path.Combine(Path, name), file.ToJsonString());
    }

    private static void WriteScript(string path, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The app of this test is a shell script.");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
