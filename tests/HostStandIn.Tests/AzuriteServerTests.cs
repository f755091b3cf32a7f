using System.Net;
using System.Net.Sockets;
using Changeling.HostStandIn.Azurite;
using Changeling.TestSupport;

namespace Changeling.HostStandIn.Tests;

public sealed class AzuriteServerTests
{
    [Fact]
    public async Task A_stopped_emulator_no_longer_listens()
    {
        var server = await AzuriteFixture.StartOwnAsync(TestContext.Current.CancellationToken);
        var blob = new Uri(
            server.ConnectionString.Split(';').Single(
                p => p.StartsWith("BlobEndpoint=", StringComparison.Ordinal))["BlobEndpoint=".Length..]);
        using var client = new HttpClient();
        using var answer = await client.GetAsync(blob, TestContext.Current.CancellationToken);

        await server.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(blob, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_a_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var failure = await Assert.ThrowsAsync<HostFailedException>(() => AzuriteServer.StartAsync(
            new AzuriteOptions { ToolsFolder = RepositoryRoot.Combine("tools"), Port = port }, TestContext.Current.CancellationToken));

        Assert.StartsWith($"Port {port} is used by another program", failure.Message, StringComparison.Ordinal);
    }
}
