namespace Changeling.HostStandIn.App;

/// <summary>What the host takes from <c>host.json</c>.</summary>
/// <param name="FunctionTimeout">After so long an invocation is cancelled.</param>
/// <param name="EventHubs">The section of the Event Hubs extension.</param>
internal sealed record HostJson(TimeSpan FunctionTimeout, EventHubsSettings EventHubs)
{
    private const string FileName = "host.json";
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromMinutes(30);

    /// <summary>Reads the file of an app folder.</summary>
    /// <exception cref="HostFailedException">There is none, or it holds something that the host does not read.</exception>
    public static HostJson Read(string folder) => AppFile.Read(folder, FileName, root =>
    {
        var eventHubs = AppFile.Find(AppFile.Find(root, "extensions"), "eventHubs");
        return new HostJson(AppFile.Find(root, "functionTimeout").AsTime() ?? UsualTimeout, EventHubsSettings.Read(eventHubs));
    });
}
