using System.CommandLine;
using Changeling.Cli.Hubs;
using Changeling.Hubs;

namespace Changeling.Cli.Tests.Hubs;

public class HubArgumentsTests
{
    private const string Local = "Endpoint=sb://localhost;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true";

    [Theory]
    [InlineData("the hub is missing", "--connection-string", Local)]
    [InlineData("the namespace is missing", "--hub", "telemetry")]
    [InlineData("the namespace is missing", "--hub", "telemetry", "--namespace", "evhns-a", "--connection-string", Local)]
    [InlineData("is not an Event Hubs namespace", "--hub", "telemetry", "--namespace", "not a name")]
    [InlineData("is not one of Event Hubs", "--hub", "telemetry", "--connection-string", "AccountName=x;AccountKey=YQ==")]
    [InlineData("on the machine that the emulator runs on", "--hub", "telemetry", "--connection-string",
        "Endpoint=sb://emulator.example.org;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true")]
    [InlineData("cannot be the name of a hub", "--hub", "tele\u001bmetry", "--connection-string", Local)]
    [InlineData("is for hub 'detections', and --hub names 'telemetry'", "--hub", "telemetry", "--connection-string",
        Local + ";EntityPath=detections")]
    public void A_hub_that_cannot_be_is_refused_in_one_sentence(string sentence, params string[] arguments)
    {
        var error = Assert.Throws<CliException>(() => Read(null, arguments));

        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error.Message);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hub_can_be_named_by_the_connection_string()
    {
        var (endpoint, hub) = Read(null, "--connection-string", Local + ";EntityPath=detections");

        Assert.Equal(("localhost", "detections", false), (endpoint.Host, hub, endpoint.UsesWebSockets));
    }

    [Fact]
    public void A_closed_network_is_left_through_web_sockets()
    {
        var (endpoint, hub) = Read(null, "--namespace", "evhns-a", "--hub", "telemetry", "--web-sockets");

        Assert.Equal(("evhns-a.servicebus.windows.net", "telemetry", true), (endpoint.Host, hub, endpoint.UsesWebSockets));
    }

    [Fact]
    public void The_environment_is_asked_only_where_nothing_is_named()
    {
        Assert.Equal("localhost", Read(Local, "--hub", "telemetry").Endpoint.Host);
        Assert.Equal("evhns-a.servicebus.windows.net", Read(Local, "--hub", "telemetry", "--namespace", "evhns-a").Endpoint.Host);
    }

    private static (HubEndpoint Endpoint, string Hub) Read(string? setting, params string[] arguments)
    {
        var hub = new HubArguments(name => name == "EventHubConnection" ? setting : null);
        var command = new Command("tail");
        hub.AddTo(command);
        return hub.Read(command.Parse(arguments));
    }
}
