using System.Net.Sockets;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Producer;
using Changeling.HubStandIn.Tests.Support;

namespace Changeling.HubStandIn.Tests;

public sealed class ServerTests : HubTest
{
    [Fact]
    public async Task Two_servers_run_beside_each_other_on_free_ports()
    {
        await using var other = await HubServer.StartAsync(Options, Cancellation);

        Assert.NotEqual(Server.Port, other.Port);
        Assert.Contains($"sb://127.0.0.1:{other.Port};", other.ConnectionString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_refused()
    {
        var exception =
            await Assert.ThrowsAsync<SocketException>(() => HubServer.StartAsync(Options with { Port = Server.Port }, Cancellation));

        Assert.Equal(SocketError.AddressAlreadyInUse, exception.SocketErrorCode);
    }

    [Fact]
    public async Task A_client_goes_on_with_a_server_that_was_started_anew_on_the_same_port()
    {
        var first = await HubServer.StartAsync(Options, Cancellation);
        await using var producer = new EventHubProducerClient(
            first.ConnectionString, HubName, new EventHubProducerClientOptions { RetryOptions = QuickRetry });
        await producer.SendAsync([new EventData("a")], Cancellation);
        await first.DisposeAsync();

        await using var second = await HubServer.StartAsync(Options with { Port = first.Port }, Cancellation);
        await producer.SendAsync([new EventData("b")], Cancellation);

        Assert.Equal(["b"], Bodies(second.Hub(HubName).Messages));
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("AMQP\u0003\u0001\0\0")]
    public async Task Somebody_who_does_not_speak_the_protocol_keeps_nobody_from_sending(string says)
    {
        using var stranger = new TcpClient();
        await stranger.ConnectAsync("127.0.0.1", Server.Port, Cancellation);
        await stranger.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(says), Cancellation);

        await SendAsync(0, "a");

        Assert.Equal(["a"], Bodies(Hub.Messages));
    }

    [Fact]
    public async Task Options_that_make_no_sense_are_named()
    {
        var bad = new Dictionary<string, HubServerOptions>
        {
            ["at least one hub"] = new() { Hubs = [] },
            ["'a b'"] = new() { Hubs = [new HubDefinition("a b", 1)] },
            ["partitions, not 0"] = new() { Hubs = [new HubDefinition("a", 0)] },
            ["at least one event"] = new() { Hubs = [new HubDefinition("a", 1) { MaxEventsPerPartition = 0 }] },
            ["same name"] = new() { Hubs = [new HubDefinition("a", 1), new HubDefinition("A", 1)] },
            ["70000"] = new() { Hubs = [new HubDefinition("a", 1)], Port = 70_000 },
            ["MaxMessageBytes"] = new() { Hubs = [new HubDefinition("a", 1)], MaxMessageBytes = 10 },
        };

        foreach (var (named, options) in bad)
        {
            var exception = await Assert.ThrowsAsync<ArgumentException>(() => HubServer.StartAsync(options, Cancellation));
            Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        }
    }
}
