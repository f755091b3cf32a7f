using System.Globalization;
using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.Infra;

/// <summary>What the host reads: how it starts the app, and how much it hands over at once.</summary>
public class HostJsonTests
{
    private static readonly JsonElement Host = JsonDocument.Parse(File.ReadAllBytes(RepositoryRoot.Combine("host.json"))).RootElement;

    private static readonly JsonElement Hubs = Host.GetProperty("extensions").GetProperty("eventHubs");

    [Theory]
    [InlineData("customHandler")]
    [InlineData("extensionBundle")]
    [InlineData("retry")]
    public void What_an_isolated_worker_brings_itself_is_not_set(string section) => Assert.False(Host.TryGetProperty(section, out _));

    [Fact]
    public void The_host_traces_in_the_format_that_the_worker_traces_in() =>
        Assert.Equal("OpenTelemetry", Host.GetProperty("telemetryMode").GetString());

    /// <summary>Above 1 the extension can leave events lying when a checkpoint cannot be written.</summary>
    [Fact]
    public void No_event_waits_for_others() => Assert.Equal(1, Hubs.GetProperty("minEventBatchSize").GetInt32());

    /// <summary>A batch is in the worker's memory, about four times, before a line of the app runs.</summary>
    [Fact]
    public void A_batch_is_bounded_by_the_host()
    {
        Assert.InRange(Hubs.GetProperty("maxEventBatchSize").GetInt32(), 1, 1_000);
        Assert.InRange(Hubs.GetProperty("prefetchSizeInBytes").GetInt64(), 1, 16 * 1024 * 1024);
    }

    [Fact]
    public void Every_batch_is_checkpointed_and_a_fresh_deployment_reads_what_the_hub_holds()
    {
        Assert.Equal(1, Hubs.GetProperty("batchCheckpointFrequency").GetInt32());
        Assert.Equal("fromStart", Hubs.GetProperty("initialOffsetOptions").GetProperty("type").GetString());
    }

    [Fact]
    public void A_batch_may_take_five_minutes() =>
        Assert.Equal(
            TimeSpan.FromMinutes(5), TimeSpan.Parse(Host.GetProperty("functionTimeout").GetString()!, CultureInfo.InvariantCulture));
}
