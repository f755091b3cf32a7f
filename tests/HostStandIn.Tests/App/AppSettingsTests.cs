using Changeling.HostStandIn.App;

namespace Changeling.HostStandIn.Tests.App;

/// <summary>How bindings find their settings.</summary>
public sealed class AppSettingsTests
{
    [Theory]
    [InlineData("%Telemetry:Hub%", "telemetry")]
    [InlineData("%TELEMETRY__HUB%", "telemetry")]
    [InlineData("a-%Telemetry:Hub%-b", "a-telemetry-b")]
    [InlineData("plain", "plain")]
    public void A_placeholder_is_found_in_any_case_and_with_either_separator(string text, string expected)
    {
        Assert.Equal(expected, Settings(("Telemetry:Hub", "telemetry")).Resolve(text));
    }

    [Fact]
    public void A_missing_setting_is_named()
    {
        var failure = Assert.Throws<HostFailedException>(() => Settings().Resolve("%Telemetry:Hub%"));

        Assert.StartsWith("The app setting Telemetry:Hub is missing", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TelemetryEventHub")]
    [InlineData("AzureWebJobsTelemetryEventHub")]
    [InlineData("ConnectionStrings:TelemetryEventHub")]
    [InlineData("ConnectionStrings__TelemetryEventHub")]
    public void A_connection_is_found_under_each_name_that_the_host_tries(string name)
    {
        Assert.Equal("Endpoint=…", Settings((name, "Endpoint=…")).Connection("TelemetryEventHub"));
    }

    [Fact]
    public void A_connection_by_identity_is_refused_in_a_sentence()
    {
        var failure = Assert.Throws<HostFailedException>(
            () => Settings(("TelemetryEventHub__fullyQualifiedNamespace", "x.servicebus.windows.net")).Connection("TelemetryEventHub"));

        Assert.Contains("uses an identity", failure.Message, StringComparison.Ordinal);
    }

    private static AppSettings Settings(params (string Name, string Value)[] settings) =>
        new(settings.ToDictionary(s => s.Name, s => s.Value));
}
