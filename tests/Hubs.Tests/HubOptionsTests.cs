using System.ComponentModel.DataAnnotations;

namespace Changeling.Hubs.Tests;

public class HubOptionsTests
{
    private const string Namespace = "evhns-example.servicebus.windows.net";
    private const string Emulator =
        "SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;";

    [Fact]
    public void The_app_opens_its_namespace_with_its_identity()
    {
        var options = new HubOptions
        {
            FullyQualifiedNamespace = Namespace,
            Credential = "managedidentity",
            ClientId = "5a2f3c5e-0000-0000-0000-000000000000",
            DetectionsHub = "detections",
        };

        Assert.Empty(Problems(options));
        Assert.Equal(Namespace, options.Endpoint().Host);
    }

    [Fact]
    public void Without_a_kind_of_identity_the_machine_s_own_is_taken()
    {
        var options = new HubOptions { FullyQualifiedNamespace = Namespace, DetectionsHub = "detections" };

        Assert.Empty(Problems(options));
        Assert.Equal(Namespace, options.Endpoint().Host);
    }

    [Theory]
    [InlineData("Endpoint=sb://localhost;" + Emulator, "localhost")]
    [InlineData("Endpoint=sb://eventhubs-emulator;" + Emulator, "eventhubs-emulator")]
    [InlineData("Endpoint=sb://127.0.0.1:4711;SharedAccessKeyName=any;SharedAccessKey=YW55;UseDevelopmentEmulator=true", "127.0.0.1")]
    public async Task The_emulator_and_a_stand_in_are_opened_by_connection_string(string text, string host)
    {
        var options = new HubOptions { ConnectionString = text, DetectionsHub = "detections" };

        Assert.Empty(Problems(options));
        Assert.Equal(host, options.Endpoint().Host);
        await using var hub = new DetectionHub(options.Endpoint(), options.DetectionsHub);
    }

    [Theory]
    [InlineData("a key in the settings is a secret",
        "Endpoint=sb://evhns-example.servicebus.windows.net;SharedAccessKeyName=send;SharedAccessKey=abc=")]
    [InlineData("a key in the settings is a secret",
        "Endpoint=sb://elsewhere.example.org;SharedAccessKeyName=send;SharedAccessKey=abc=;UseDevelopmentEmulator=true")]
    [InlineData("a key in the settings is a secret", "Endpoint=sb://localhost;SharedAccessKeyName=send;SharedAccessKey=abc=")]
    [InlineData("must not name a hub", "Endpoint=sb://localhost;EntityPath=telemetry;" + Emulator)]
    [InlineData("is not a connection string of Event Hubs", "localhost")]
    public void Any_other_connection_string_is_refused_with_the_setting_named(string sentence, string text) =>
        Refused(new HubOptions { ConnectionString = text, DetectionsHub = "detections" }, "EventHubConnection", sentence);

    [Fact]
    public void One_of_the_two_ways_must_be_set_and_not_both()
    {
        Refused(new HubOptions { DetectionsHub = "detections" }, "EventHubConnection__fullyQualifiedNamespace", "Set one of the two");
        Refused(
            new HubOptions
            {
                DetectionsHub = "detections",
                ConnectionString = "Endpoint=sb://localhost;" + Emulator,
                FullyQualifiedNamespace = Namespace,
            },
            "EventHubConnection",
            "Set one of the two");
    }

    [Theory]
    [InlineData("evhns-example")]
    [InlineData("sb://evhns-example.servicebus.windows.net")]
    [InlineData("example.org")]
    public void A_namespace_is_set_by_its_host_name(string name) =>
        Refused(
            new HubOptions { DetectionsHub = "detections", FullyQualifiedNamespace = name },
            "EventHubConnection__fullyQualifiedNamespace",
            "host name");

    [Fact]
    public void A_kind_of_identity_that_is_not_known_is_refused() =>
        Refused(
            new HubOptions { DetectionsHub = "detections", FullyQualifiedNamespace = Namespace, Credential = "clientsecret" },
            "EventHubConnection__credential",
            "managedidentity");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("-begins-wrong")]
    public void The_hub_for_detections_must_be_named(string? hub) =>
        Refused(new HubOptions { DetectionsHub = hub, FullyQualifiedNamespace = Namespace }, "DetectionsHub");

    private static List<ValidationResult> Problems(HubOptions options)
    {
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        return problems;
    }

    private static void Refused(HubOptions options, params string[] parts)
    {
        var problem = Assert.Single(Problems(options)).ErrorMessage!;
        Assert.All(parts, part => Assert.Contains(part, problem, StringComparison.Ordinal));
        Assert.DoesNotContain("abc=", problem, StringComparison.Ordinal);
    }
}
