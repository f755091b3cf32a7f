using Azure.Identity;

namespace Changeling.Hubs.Tests;

public class HubEndpointTests
{
    private const string Local = "SharedAccessKeyName=any;SharedAccessKey=secret;UseDevelopmentEmulator=true";

    [Theory]
    [InlineData("evhns-example", "evhns-example.servicebus.windows.net")]
    [InlineData("evhns-example.servicebus.windows.net", "evhns-example.servicebus.windows.net")]
    [InlineData("evhns-example.servicebus.chinacloudapi.cn", "evhns-example.servicebus.chinacloudapi.cn")]
    public void A_namespace_is_named_by_its_name_or_its_host(string name, string host) =>
        Assert.Equal(host, HubEndpoint.OfNamespace(name, new DefaultAzureCredential()).Host);

    [Theory]
    [InlineData("")]
    [InlineData("not a name")]
    [InlineData("example.org")]
    [InlineData("https://evhns-example.servicebus.windows.net")]
    [InlineData("evhns/example")]
    public void A_token_is_shown_to_no_host_that_is_not_a_namespace(string name) =>
        Assert.Contains(
            "is not an Event Hubs namespace",
            Assert.Throws<FormatException>(() => HubEndpoint.OfNamespace(name, new DefaultAzureCredential())).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Endpoint=sb://localhost;" + Local, "localhost", null)]
    [InlineData("Endpoint=sb://127.0.0.1:4711/;EntityPath=telemetry;" + Local, "127.0.0.1", "telemetry")]
    [InlineData(" endpoint = sb://localhost ; " + Local, null, null)]
    [InlineData("Endpoint=sb://evhns.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=abc=", "evhns.servicebus.windows.net",
        null)]
    [InlineData("Endpoint=sb://evhns.servicebus.windows.net/;SharedAccessSignature=SharedAccessSignature sr=a&sig=b",
        "evhns.servicebus.windows.net", null)]
    [InlineData("Endpoint=https://evhns.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=abc=", null, null)]
    [InlineData("Endpoint=sb://evhns.servicebus.windows.net/;SharedAccessKeyName=send", null, null)]
    [InlineData("AccountName=x;AccountKey=YQ==", null, null)]
    [InlineData("", null, null)]
    public void A_connection_string_says_where_the_hub_is_or_is_refused(string text, string? host, string? hub)
    {
        if (host is null)
        {
            Assert.Contains(
                "is not one of Event Hubs",
                Assert.Throws<FormatException>(() => HubEndpoint.OfConnectionString(text)).Message,
                StringComparison.Ordinal);
            return;
        }

        var endpoint = HubEndpoint.OfConnectionString(text);
        Assert.Equal((host, hub), (endpoint.Host, endpoint.Hub));
    }

    [Fact]
    public void Traffic_without_encryption_stays_on_this_machine()
    {
        var error = Assert.Throws<FormatException>(() => HubEndpoint.OfConnectionString("Endpoint=sb://emulator.example.org;" + Local));

        Assert.Contains("on the machine that the emulator runs on", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_of_an_endpoint_holds_no_key() =>
        Assert.Equal("localhost", HubEndpoint.OfConnectionString("Endpoint=sb://localhost;" + Local).ToString());

    [Fact]
    public async Task A_connection_string_for_one_hub_opens_that_one_and_no_other()
    {
        var endpoint = HubEndpoint.OfConnectionString("Endpoint=sb://localhost;EntityPath=telemetry;" + Local);

        await using var same = new DetectionHub(endpoint, "Telemetry");
        var error = Assert.Throws<FormatException>(() => new DetectionHub(endpoint, "detections"));
        Assert.Contains("for hub 'telemetry', not for 'detections'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closed_networks_are_left_through_web_sockets()
    {
        var endpoint = HubEndpoint.OfNamespace("evhns-example", new DefaultAzureCredential()) with { UsesWebSockets = true };

        await using var producer = endpoint.OpenProducer("telemetry", HubRetries.ForApp);

        Assert.Equal("evhns-example.servicebus.windows.net", producer.FullyQualifiedNamespace);
        Assert.Equal(Azure.Messaging.EventHubs.EventHubsTransportType.AmqpWebSockets, endpoint.Connection().TransportType);
    }
}
