using Confluent.Kafka;

namespace Changeling.Cli.Tests.Hubs;

/// <summary>librdkafka's own cluster for tests: real brokers' protocol on real sockets, four partitions a topic, in this process.</summary>
internal sealed class MockCluster : IDisposable
{
    private readonly IProducer<Null, byte[]> _owner;

    public MockCluster()
    {
        var config = new ProducerConfig { BootstrapServers = "ignored" };
        config.Set("test.mock.num.brokers", "3");
        _owner = new ProducerBuilder<Null, byte[]>(config).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(_owner.Handle).Build();
        Servers = string.Join(',', admin.GetMetadata(TimeSpan.FromSeconds(30)).Brokers.Select(b => $"{b.Host}:{b.Port}"));
    }

    /// <summary>What <c>--bootstrap</c> takes.</summary>
    public string Servers { get; }

    /// <summary>Puts messages on a hub, which is made by that.</summary>
    public async Task ProduceAsync(string hub, params string[] messages)
    {
        foreach (var message in messages)
            await _owner.ProduceAsync(hub, new Message<Null, byte[]> { Value = System.Text.Encoding.UTF8.GetBytes(message) }, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _owner.Dispose();
}
