using System.Text.Json.Nodes;

namespace Changeling.HostStandIn.Tests.Support;

/// <summary>An app folder that a test may spoil: the odd worker's, without what it takes to run.</summary>
internal sealed class AppFolder : IDisposable
{
    private static readonly string[] Files = ["host.json", "worker.config.json", "functions.metadata", "Changeling.OddWorker.dll"];

    public AppFolder()
    {
        foreach (var name in Files) File.Copy(Path.Combine(OddApp.Folder, name), Of(name));
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("changeling-app-").FullName;

    public string Of(string name) => Path.Combine(Root, name);

    public void Change(string name, Action<JsonNode> change)
    {
        var file = JsonNode.Parse(File.ReadAllText(Of(name)))!;
        change(file);
        File.WriteAllText(Of(name), file.ToJsonString());
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
