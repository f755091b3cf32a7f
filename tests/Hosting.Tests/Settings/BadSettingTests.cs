using Changeling.Findings;
using Changeling.Pipeline;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Tests.Settings;

/// <summary>Settings are checked at start, and the sentence names the one that is wrong.</summary>
public class BadSettingTests
{
    [Theory]
    [InlineData("Pipeline:ConcurrentBatches", "0")]
    [InlineData("Pipeline:ConcurrentBatches", "many")]
    [InlineData("Telemetry:Format", "sysmon")]
    [InlineData("Pipeline:CachedRows", "5")]
    [InlineData("Detections:EmitAfter", "-1:00:00")]
    [InlineData("Detections:Alerts", "none")]
    [InlineData("Detections:Alerts", "3")]
    [InlineData("Detections:Format", "leef")]
    [InlineData("Detections:Format", "7")]
    [InlineData("Baseline:Name", "Not Allowed")]
    [InlineData("Baseline:LaunchesPerHostAndDay", "-1")]
    [InlineData("Retention:Detections", "00:30:00")]
    [InlineData("Retention:Hub", "91.00:00:00")]
    [InlineData("Retention:RequestsPerRun", "0")]
    [InlineData("Model:PollInterval", "00:00:00")]
    [InlineData("Fleet:RefreshInterval", "02:00:00")]
    [InlineData("Storage:AccountName", "Not-An-Account")]
    [InlineData("Storage:ConnectionString",
        "DefaultEndpointsProtocol=https;AccountName=real;AccountKey=YQ==;EndpointSuffix=core.windows.net")]
    [InlineData("EventHubConnection", "Endpoint=sb://real.servicebus.windows.net/;SharedAccessKeyName=a;SharedAccessKey=c2VjcmV0")]
    [InlineData("EventHubConnection:credential", "password")]
    [InlineData("DetectionsHub", "")]
    public void A_bad_setting_is_named(string setting, string value)
    {
        using var app = ComposedApp.With([$"{setting}={value}"]);

        var failure = Assert.ThrowsAny<Exception>(() => app.Get<IStartupValidator>().Validate());

        Assert.Contains(setting.Replace("n:c", "n__c", StringComparison.Ordinal), failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING=secret-text")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING=InstrumentationKey=secret-text")]
    public void A_connection_string_of_Application_Insights_that_is_none_is_not_repeated(string setting)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => ComposedApp.With([setting]));

        Assert.Contains("APPLICATIONINSIGHTS_CONNECTION_STRING", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-text", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, DetectionFormat.Ocsf)]
    [InlineData("ocsf", DetectionFormat.Ocsf)]
    [InlineData("ecs", DetectionFormat.Ecs)]
    public void The_format_of_detections_is_what_the_setting_says(string? value, DetectionFormat format)
    {
        using var app = ComposedApp.With(value is null ? [] : [$"Detections:Format={value}"]);

        Assert.Equal(format, app.Get<PipelineSettings>().DetectionFormat);
    }

    [Theory]
    [InlineData(null, AlertKind.Incidents)]
    [InlineData("incidents", AlertKind.Incidents)]
    [InlineData("findings", AlertKind.Findings)]
    [InlineData("both", AlertKind.Both)]
    public void Alerts_are_what_the_setting_says(string? value, AlertKind alerts)
    {
        using var app = ComposedApp.With(value is null ? [] : [$"Detections:Alerts={value}"]);

        Assert.Equal(alerts, app.Get<PipelineSettings>().Alerts);
    }
}
