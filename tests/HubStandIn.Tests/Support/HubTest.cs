using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Primitives;
using Azure.Messaging.EventHubs.Producer;

namespace Changeling.HubStandIn.Tests.Support;

/// <summary>A server of its own for each test, and the official client's classes that talk to it.</summary>
public abstract class HubTest : IAsyncLifetime
{
    protected const string HubName = "telemetry";

    /// <summary>The usual exponential retry, without the usual seconds.</summary>
    protected static readonly EventHubsRetryOptions QuickRetry = new()
    {
        MaximumRetries = 5,
        Delay = TimeSpan.FromMilliseconds(5),
        MaximumDelay = TimeSpan.FromMilliseconds(20),
        TryTimeout = TimeSpan.FromSeconds(10),
    };

    private static readonly TimeSpan WaitsAtMost = TimeSpan.FromSeconds(10);

    private readonly List<IAsyncDisposable> _clients = [];
    private HubServer? _server;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected HubServer Server => _server ?? throw new InvalidOperationException("The server is not running.");

    protected Hub Hub => Server.Hub(HubName);

    protected virtual HubServerOptions Options => new() { Hubs = [new HubDefinition(HubName, 4) { ConsumerGroups = ["second"] }] };

    public async ValueTask InitializeAsync() => _server = await HubServer.StartAsync(Options, Cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected EventHubProducerClient Producer(string hub = HubName) =>
        Own(new EventHubProducerClient(Server.ConnectionString, hub, new EventHubProducerClientOptions { RetryOptions = QuickRetry }));

    protected EventHubConsumerClient Consumer(string group = HubDefinition.DefaultConsumerGroup, string hub = HubName) =>
        Own(new EventHubConsumerClient(group, Server.ConnectionString, hub,
            new EventHubConsumerClientOptions { RetryOptions = QuickRetry }));

    protected PartitionReceiver Receiver(
        string partition,
        EventPosition from,
        Action<PartitionReceiverOptions>? change = null,
        string group = HubDefinition.DefaultConsumerGroup)
    {
        var options = new PartitionReceiverOptions { RetryOptions = QuickRetry };
        change?.Invoke(options);
        return Own(new PartitionReceiver(group, partition, from, Server.ConnectionString, HubName, options));
    }

    protected async Task SendAsync(int partition, params string[] bodies)
    {
        var options = new SendEventOptions { PartitionId = $"{partition}" };
        await Producer().SendAsync(bodies.Select(body => new EventData(body)), options, Cancellation);
    }

    /// <summary>Receives so many events; fewer fail the test.</summary>
    protected static async Task<List<EventData>> ReceiveAsync(PartitionReceiver receiver, int count)
    {
        var events = new List<EventData>();
        while (events.Count < count)
        {
            var batch = (await receiver.ReceiveBatchAsync(count - events.Count, WaitsAtMost, Cancellation)).ToList();
            Assert.NotEmpty(batch);
            events.AddRange(batch);
        }

        return events;
    }

    protected static string[] Bodies(IEnumerable<EventData> events) => [.. events.Select(each => each.EventBody.ToString())];

    protected static string[] Bodies(IEnumerable<HubMessage> messages) =>
    [
        .. messages.Select(each => System.Text.Encoding.UTF8.GetString(each.Body.Span)),
    ];

    /// <summary>Keeps a client until the end of the test.</summary>
    protected T Own<T>(T client)
        where T : IAsyncDisposable
    {
        _clients.Add(client);
        return client;
    }
}
