using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Producer;
using Changeling.HubStandIn;

namespace Changeling.HostStandIn.Tests.Support;

/// <summary>A server of event hubs with two partitions each; every test takes a hub of its own.</summary>
public sealed class HubFixture : IAsyncLifetime
{
    private const int Count = 12;
    private int _taken;
    private HubServer? _server;

    public string ConnectionString => _server?.ConnectionString ?? throw new InvalidOperationException("The server is not running.");

    public async ValueTask InitializeAsync() => _server = await HubServer.StartAsync(
        new HubServerOptions { Hubs = [.. Enumerable.Range(1, Count).Select(i => new HubDefinition($"hub-{i}", 2))] },
        CancellationToken.None);

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;

    /// <summary>The name of a hub that no other test uses.</summary>
    internal string Take() => $"hub-{Interlocked.Increment(ref _taken)}";

    /// <summary>Sends events to a partition, in one batch.</summary>
    internal async Task SendAsync(string hub, string partition, params string[] commands)
    {
        await using var producer = new EventHubProducerClient(ConnectionString, hub);
        await producer.SendAsync(
            commands.Select(command => new EventData(command) { Properties = { ["sent-by"] = "a test" } }),
            new SendEventOptions { PartitionId = partition },
            TestContext.Current.CancellationToken);
    }
}
