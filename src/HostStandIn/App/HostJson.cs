namespace Changeling.HostStandIn.App;

/// <summary>The values that the host reads from <c>host.json</c>.</summary>
/// <param name="FunctionTimeout">The time after which an invocation is cancelled.</param>
/// <param name="EventHubs">The section of the Event Hubs extension.</param>
internal sealed record HostJson(TimeSpan FunctionTimeout, EventHubsSettings EventHubs)
{
    private const string FileName = "host.json";
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromMinutes(30);

    /// <summary>Reads the file of an app folder.</summary>
    /// <exception cref="HostFailedException">The file is missing, or contains a value that the host does not accept.</exception>
    public static HostJson Read(string folder) => AppFile.Read(folder, FileName, root =>
    {
        var eventHubs = AppFile.Find(AppFile.Find(root, "extensions"), "eventHubs");
        return new HostJson(AppFile.Find(root, "functionTimeout").AsTime() ?? UsualTimeout, EventHubsSettings.Read(eventHubs));
    });
}
