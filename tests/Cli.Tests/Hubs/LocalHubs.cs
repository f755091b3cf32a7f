using System.Text;
using Changeling.Hubs;
using Changeling.HubStandIn;

namespace Changeling.Cli.Tests.Hubs;

/// <summary>A stand-in with the hubs <c>telemetry</c> and <c>detections</c>, for one test.</summary>
internal sealed class LocalHubs : IAsyncDisposable
{
    private LocalHubs(HubServer server) => Server = server;

    public HubServer Server { get; }

    public Hub Telemetry => Server.Hub("telemetry");

    public Hub Detections => Server.Hub("detections");

    public HubEndpoint Endpoint => HubEndpoint.OfConnectionString(Server.ConnectionString);

    public static async Task<LocalHubs> StartAsync() => new(await HubServer.StartAsync(
        new HubServerOptions { Hubs = [new HubDefinition("telemetry", 4), new HubDefinition("detections", 4)] },
        TestContext.Current.CancellationToken));

    /// <summary>A line of telemetry: a launch on one of seven hosts.</summary>
    public static string Line(int number) =>
        Encoding.UTF8.GetString(
            TestSupport.Telemetry.Record(
                "explorer.exe", $"child{number}.exe", guid: $"{{{number:x8}-0000-0000-0000-000000000000}}", host: Host(number)));

    public static string Host(int number) => $"ws-{number % 7:0000}";

    /// <summary>The bodies on a hub, of one host or of all.</summary>
    public static IEnumerable<string> Bodies(Hub hub, string? host = null) =>
        hub.Messages.Where(m => host is null || m.PartitionKey == host).Select(m => Encoding.UTF8.GetString(m.Body.Span));

    /// <summary>The arguments that name a hub of this server.</summary>
    public string[] Named(string hub) => ["--connection-string", Server.ConnectionString, "--hub", hub];

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
