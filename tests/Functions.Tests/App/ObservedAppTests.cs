using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.App;

/// <summary>What the real app says of itself, to collectors and in its health blob, and what it must not say.</summary>
public sealed class ObservedAppTests(ObservedApp app) : IClassFixture<ObservedApp>
{
    /// <summary>Names of the launch, which are nobody's business but the findings'.</summary>
    private static readonly string[] OfTheEvent = [ObservedApp.Secret, PlantedSecrets.Secret, "winword.exe", "ws-0417", "mara.lind"];

    [Fact]
    public void A_collector_gets_metrics_traces_and_logs_and_nothing_of_an_event()
    {
        var metrics = app.Otlp.Posted("/v1/metrics");

        Assert.Contains("changeling.lag", metrics, StringComparison.Ordinal);
        Assert.Contains("changeling.commit.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("changeling.model.active", metrics, StringComparison.Ordinal);
        Assert.Contains("changeling.batch", app.Otlp.Posted("/v1/traces"), StringComparison.Ordinal);
        Assert.Contains("sequence numbers 41 to 42", app.Otlp.Posted("/v1/logs"), StringComparison.Ordinal);
        Assert.All(OfTheEvent, text => Assert.DoesNotContain(text, app.Otlp.Posted(""), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Application_Insights_gets_the_same_and_the_console_only_what_must_not_be_lost()
    {
        var all = app.ApplicationInsights.Posted("/track");

        Assert.Contains("changeling.events", all, StringComparison.Ordinal);
        Assert.Contains("changeling.batch", all, StringComparison.Ordinal);
        Assert.Contains("sequence numbers 41 to 42", all, StringComparison.Ordinal);
        Assert.All(OfTheEvent, text => Assert.DoesNotContain(text, app.ApplicationInsights.Posted(""), StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(app.Lines, line => line.StartsWith("info", StringComparison.Ordinal));
        Assert.All(OfTheEvent, text => Assert.DoesNotContain(app.Lines, line => line.Contains(text, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void The_health_blob_says_what_the_instance_is_and_how_far_its_partitions_are()
    {
        using var document = JsonDocument.Parse(app.Health);
        var health = document.RootElement;

        Assert.Equal("instance/7", health.GetProperty("instance").GetString());
        Assert.Equal(app.Baseline, health.GetProperty("baseline").GetString());
        Assert.Equal(Packages.ShippedVersion, health.GetProperty("model").GetString());
        Assert.Equal((1, 0), (health.GetProperty("batches_answered").GetInt64(), health.GetProperty("invocations_failed").GetInt64()));
        var one = Assert.Single(health.GetProperty("partitions").EnumerateArray());
        Assert.Equal(
            (app.Partition.Hub, "5", 42),
            (
                one.GetProperty("hub").GetString(), one.GetProperty("partition").GetString(),
                one.GetProperty("last_sequence_number").GetInt64()));
        Assert.True(one.GetProperty("lag_seconds").GetDouble() > 0);
        Assert.All(OfTheEvent, text => Assert.DoesNotContain(text, app.Health, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_health_blob_says_what_the_sources_delivered_and_lack()
    {
        using var document = JsonDocument.Parse(app.Health);
        var sources = document.RootElement.GetProperty("sources");
        var format = sources.GetProperty("formats").GetProperty("winlogbeat");

        Assert.Equal(
            (1, 0, 1),
            (
                format.GetProperty("events").GetInt64(), format.GetProperty("invalid_parents").GetInt64(),
                format.GetProperty("missing").GetProperty("process.signature").GetInt64()));
        Assert.Equal(5, format.GetProperty("skew").EnumerateObject().Count());
        Assert.Empty(sources.GetProperty("skipped").EnumerateObject());
        Assert.Equal(
            ("unknown: not_json", 1L),
            Assert.Single(sources.GetProperty("dead_letters").EnumerateObject().Select(d => (d.Name, d.Value.GetInt64()))));
        Assert.Equal(0, sources.GetProperty("sequence_gap").GetInt64());
    }
}
