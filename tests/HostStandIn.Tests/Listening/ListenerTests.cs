using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Changeling.Events;
using Changeling.HostStandIn.Tests.Support;
using Changeling.TestSupport;

namespace Changeling.HostStandIn.Tests.Listening;

/// <summary>The real trigger: from a hub through the official client to a real worker, with checkpoints in blobs.</summary>
public sealed class ListenerTests(AzuriteFixture azurite, HubFixture hubs) : IClassFixture<HubFixture>
{
    private readonly string _hub = hubs.Take();
    private readonly Handed _handed = new();

    [Fact]
    public async Task Events_of_all_partitions_are_handed_over_in_order_and_checkpointed_where_the_extension_would()
    {
        await hubs.SendAsync(_hub, "0", "a", "b", "c");
        await hubs.SendAsync(_hub, "1", "d");
        await using var host = await StartAsync();

        await using var listener = await ListenAsync(host);
        await listener.WaitForAsync(UpTo(("0", 2), ("1", 0)), Token);

        Assert.Equal(["a", "b", "c"], _handed.In("0"));
        Assert.Equal(["d"], _handed.In("1"));
        Assert.Equal((4L, 0, 0), (listener.Report.Messages, listener.Report.FailedAttempts, listener.Report.LostBatches));
        var blob = new BlobServiceClient(azurite.ConnectionString)
            .GetBlobContainerClient("azure-webjobs-eventhub").GetBlobClient($"127.0.0.1/{_hub}/$default/checkpoint/0");
        Assert.Equal("2", (await blob.GetPropertiesAsync(cancellationToken: Token)).Value.Metadata["sequencenumber"]);
    }

    [Fact]
    public async Task The_worker_gets_the_hubs_own_messages_with_namespace_hub_group_and_partition()
    {
        await using var host = await StartAsync();
        await using var listener = await ListenAsync(host);

        await hubs.SendAsync(_hub, "1", "report", "second");
        await listener.WaitForAsync(UpTo(("1", 1)), Token);

        var report = OddApp.Report(_handed.Reports.Single().Result);
        Assert.Equal(
            (_hub, "$Default", "1"),
            (report["Hub"]!.GetValue<string>(), report["Group"]!.GetValue<string>(), report["Partition"]!.GetValue<string>()));
        Assert.Equal([0, 1], report.Values<long>("SequenceNumbers"));
        Assert.Equal(report.Values<string>("Offsets"), report.Values<string>("MetadataOffsets"));
    }

    [Fact]
    public async Task The_next_listener_goes_on_after_the_checkpoint()
    {
        await using var host = await StartAsync();
        await using (var first = await ListenAsync(host))
        {
            await hubs.SendAsync(_hub, "0", "a", "b");
            await first.WaitForAsync(UpTo(("0", 1)), Token);
            await first.StopAsync();
        }

        await hubs.SendAsync(_hub, "0", "c");
        await using var second = await ListenAsync(host);
        await second.WaitForAsync(UpTo(("0", 2)), Token);

        Assert.Equal(["a", "b", "c"], _handed.In("0"));
    }

    [Fact]
    public async Task A_batch_that_fails_is_retried_and_checkpointed_after_its_success_only()
    {
        await using var host = await StartAsync();
        await using var listener = await ListenAsync(host);

        await hubs.SendAsync(_hub, "0", "fail-first 2");
        await listener.WaitForAsync(UpTo(("0", 0)), Token);

        Assert.Equal((3, true), (_handed.Reports.Single().Attempts, _handed.Reports.Single().Result.Succeeded));
        Assert.Equal(2, listener.Report.FailedAttempts);
    }

    [Fact]
    public async Task Without_a_retry_policy_the_checkpoint_passes_a_failed_batch()
    {
        await using var host = await StartAsync(o => o with { Function = OddApp.Once });
        await using var listener = await ListenAsync(host);

        await hubs.SendAsync(_hub, "0", "fail always");
        await listener.WaitForAsync(UpTo(("0", 0)), Token);

        Assert.Equal(1, listener.Report.LostBatches);
    }

    [Fact]
    public async Task A_worker_that_is_killed_in_mid_call_loses_nothing()
    {
        using var meeting = new Meeting();
        await using var host = await StartAsync();
        await using var listener = await ListenAsync(host);
        await hubs.SendAsync(_hub, "0", $"meet-first {meeting.Port}");
        await hubs.SendAsync(_hub, "1", $"meet-first {meeting.Port}");
        using var one = await meeting.BegunAsync();
        using var other = await meeting.BegunAsync();

        host.Kill();
        await listener.WaitForAsync(UpTo(("0", 0), ("1", 0)), Token);

        Assert.Equal([2, 2], _handed.Reports.Select(r => r.Attempts));
        Assert.Equal(1, host.Restarts);
    }

    [Fact]
    public async Task A_stop_in_mid_call_lets_the_batch_finish_with_its_checkpoint_so_that_nothing_comes_twice()
    {
        using var meeting = new Meeting();
        await using var host = await StartAsync(o => o with { MaxEventBatchSize = 1 });
        await using var listener = await ListenAsync(host);
        await hubs.SendAsync(_hub, "0", $"meet {meeting.Port}", "after the stop");
        var call = await meeting.BegunAsync();

        var stop = host.StopAsync();
        Assert.False(stop.IsCompleted);
        call.Dispose();
        await stop;

        Assert.Equal(0, listener.Checkpoints.Of(new EventPartition(_hub, "0")));
        Assert.Equal(0, host.LastExitCode);
        await using var next = await StartAsync();
        await using var again = await ListenAsync(next);
        await again.WaitForAsync(UpTo(("0", 1)), Token);
        Assert.Equal([$"meet {meeting.Port}", "after the stop"], _handed.In("0"));
    }

    [Fact]
    public async Task A_batch_that_outlasts_the_drain_time_has_no_checkpoint_and_comes_back()
    {
        using var meeting = new Meeting();
        var time = new ManualTime();
        await using var host = await StartAsync(o => o with { Time = time });
        await using var listener = await ListenAsync(host);
        await hubs.SendAsync(_hub, "0", $"meet {meeting.Port}");
        using var call = await meeting.BegunAsync();

        var stop = host.StopAsync();
        await time.WaitingAsync(TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(10));
        await stop;

        Assert.Empty(_handed.Reports);
        await using var next = await StartAsync();
        await using var again = await ListenAsync(next);
        using var comesBack = await meeting.BegunAsync();
    }

    [Fact]
    public async Task The_third_death_ends_the_wait_for_a_checkpoint()
    {
        await using var host = await StartAsync();
        await using var listener = await ListenAsync(host);
        await hubs.SendAsync(_hub, "0", "exit 3");

        var failure = await Assert.ThrowsAsync<HostFailedException>(() => listener.WaitForAsync(UpTo(("0", 0)), Token));

        Assert.Contains("died 3 times", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_listeners_share_the_partitions()
    {
        var quick = new ListenOptions
        {
            LoadBalancingInterval = TimeSpan.FromMilliseconds(100),
            OwnershipExpiration = TimeSpan.FromSeconds(30),
        };
        await using var host = await StartAsync();
        await using var first = await host.ListenAsync(quick, Token);
        await first.WaitForPartitionsAsync(2, Token);

        await using var second = await host.ListenAsync(quick, Token);
        await second.WaitForPartitionsAsync(1, Token);
        await first.WaitForPartitionsAsync(1, Token);

        Assert.Equal(["0", "1"], first.Partitions.Concat(second.Partitions).Order());
    }

    [Fact]
    public async Task A_hub_that_does_not_exist_is_a_sentence()
    {
        await using var host = await StartAsync(hub: "no-such-hub");

        var failure = await Assert.ThrowsAsync<HostFailedException>(() => ListenAsync(host));

        Assert.StartsWith("The Event Hub no-such-hub cannot be listened to: ", failure.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Dictionary<string, long> UpTo(params (string Partition, long SequenceNumber)[] positions) =>
        positions.ToDictionary(p => p.Partition, p => p.SequenceNumber);

    private Task<FunctionsHost> StartAsync(Func<HostOptions, HostOptions>? adjust = null, string? hub = null)
    {
        var options = OddApp.Options() with
        {
            Settings = new Dictionary<string, string>
            {
                ["OddHub"] = hubs.ConnectionString,
                ["Odd:Hub"] = hub ?? _hub,
                ["Odd:Group"] = "$Default",
                ["AzureWebJobsStorage"] = azurite.ConnectionString,
            },
        };
        return FunctionsHost.StartAsync(adjust?.Invoke(options) ?? options, Token);
    }

    private Task<HubListener> ListenAsync(FunctionsHost host) => host.ListenAsync(new ListenOptions { Progress = _handed }, Token);

    /// <summary>The batches that were checkpointed.</summary>
    private sealed class Handed : IProgress<BatchReport>
    {
        private readonly ConcurrentQueue<BatchReport> _reports = new();

        public IReadOnlyList<BatchReport> Reports => [.. _reports];

        public void Report(BatchReport value) => _reports.Enqueue(value);

        public IEnumerable<string> In(string partition) => Reports
            .Where(report => report.Batch.Partition.Id == partition)
            .SelectMany(report => report.Batch.Messages)
            .Select(message => System.Text.Encoding.UTF8.GetString(message.Body.Span));
    }
}
