using System.Net;
using System.Net.Sockets;
using Azure.Messaging.EventHubs;
using Changeling.HubStandIn;

namespace Changeling.Hubs.Tests;

/// <summary>A stand-in with one hub, <c>detections</c>, for one test.</summary>
internal sealed class LocalHub : IAsyncDisposable
{
    public const string Name = "detections";

    private LocalHub(HubServer server) => Server = server;

    /// <summary>
    /// Four tries, without the waits of the real ones: the client's own policy pauses for seconds when a hub is throttling.
    /// </summary>
    public static EventHubsRetryOptions Quick => new() { CustomRetryPolicy = new QuickRetries() };

    public HubServer Server { get; }

    public Hub Hub => Server.Hub(Name);

    public HubEndpoint Endpoint => HubEndpoint.OfConnectionString(Server.ConnectionString);

    public static async Task<LocalHub> StartAsync(int partitions = 4, int maxMessageBytes = 1024 * 1024) => new(await HubServer.StartAsync(
        new HubServerOptions { Hubs = [new HubDefinition(Name, partitions)], MaxMessageBytes = maxMessageBytes },
        TestContext.Current.CancellationToken));

    /// <summary>An endpoint at which nobody listens.</summary>
    public static HubEndpoint Nowhere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        return HubEndpoint.OfConnectionString(
            $"Endpoint=sb://127.0.0.1:{port};SharedAccessKeyName=any;SharedAccessKey=YW55;UseDevelopmentEmulator=true");
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private sealed class QuickRetries : EventHubsRetryPolicy
    {
        public override TimeSpan? CalculateRetryDelay(Exception lastException, int attemptCount) =>
            attemptCount <= 3 && lastException is EventHubsException { IsTransient: true } or SocketException
                ? TimeSpan.FromMilliseconds(1)
                : null;

        public override TimeSpan CalculateTryTimeout(int attemptCount) => TimeSpan.FromSeconds(20);
    }
}
