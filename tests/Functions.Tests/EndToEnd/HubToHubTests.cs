using System.Globalization;
using Changeling.Events;
using Changeling.Functions.Tests.App;
using Changeling.HostStandIn;
using Changeling.Hubs;
using Changeling.HubStandIn;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>
/// From hub to hub: the official client's event processor reads the telemetry, the real worker scores it, its own producer sends the
/// detections. What goes wrong on the way must neither lose nor double anything.
/// </summary>
public sealed class HubToHubTests(AppFixture app) : IClassFixture<AppFixture>
{
    private static readonly ListenOptions Quick = new() { LoadBalancingInterval = TimeSpan.FromMilliseconds(300), OwnershipExpiration = TimeSpan.FromSeconds(5) };

    [Fact(Timeout = 120_000)]
    public async Task A_detection_is_keyed_by_host_and_says_what_it_is_without_its_body_being_read()
    {
        await using var run = await QuietAsync(AzuriteFixture.UniqueName("plain"), TestContext.Current.CancellationToken);

        Assert.NotEmpty(run.Detections);
        Assert.All(run.Detections, detection =>
        {
            var finding = System.Text.Json.JsonDocument.Parse(detection.Body).RootElement;
            Assert.Equal(finding.GetProperty("finding_info").GetProperty("uid").GetString(), detection.MessageId);
            Assert.Equal(finding.GetProperty("device").GetProperty("hostname").GetString(), detection.PartitionKey);
            Assert.Equal("application/json", detection.ContentType);
            Assert.Equal(finding.GetProperty("class_uid").GetInt32(), detection.ApplicationProperties["class_uid"]);
            Assert.Equal(finding.GetProperty("finding_info").GetProperty("analytic").GetProperty("uid").GetString(), detection.ApplicationProperties["rule"]);
            Assert.Equal(finding.GetProperty("severity").GetString(), detection.ApplicationProperties["severity"]);
            Assert.Equal(finding.GetProperty("is_alert").GetBoolean(), detection.ApplicationProperties["is_alert"]);
        });
    }

    [Fact(Timeout = 180_000)]
    public async Task A_stop_in_mid_batch_loses_and_doubles_nothing()
    {
        var (quiet, stopped) = (AzuriteFixture.UniqueName("quiet"), AzuriteFixture.UniqueName("stopped"));
        await using var expected = await QuietAsync(quiet, TestContext.Current.CancellationToken);
        var underWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = 0;
        await using var first = await app.StartAsync(stopped, o => o with
        {
            MaxEventBatchSize = 40,
            Sending = _ =>
            {
                // In the middle: some batches are done, some are on their way.
                if (Interlocked.Increment(ref begun) == 6) underWay.TrySetResult();
                return ValueTask.CompletedTask;
            },
        });
        await SendAsync(first);
        await using (var listener = await first.Host.ListenAsync(Quick, TestContext.Current.CancellationToken))
        {
            await underWay.Task.WaitAsync(TestContext.Current.CancellationToken);
            await first.Host.StopAsync();
        }

        await using var second = await app.StartAsync(stopped, o => o with { MaxEventBatchSize = 40 }, first.Hubs);
        await ListenToTheEndAsync(second);

        Assert.Equal(expected.Ids, second.Ids);
        Assert.Equal(second.Ids.Count, second.Detections.Count);
        Assert.Equal(await RowsAsync(quiet), await RowsAsync(stopped));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_worker_that_dies_between_send_and_return_doubles_at_most_that_batch_with_the_same_bytes()
    {
        var (quiet, killed) = (AzuriteFixture.UniqueName("quiet"), AzuriteFixture.UniqueName("killed"));
        await using var expected = await QuietAsync(quiet, TestContext.Current.CancellationToken);
        await using var run = await app.StartAsync(killed, o => o with { MaxEventBatchSize = 200 });
        await SendAsync(run);

        // The hub has taken a detection and not said so yet: in this moment the worker dies.
        run.Hubs.Faults.AnswerDelay = TimeSpan.FromSeconds(30);
        var dying = KillAsync();
        await ListenToTheEndAsync(run);
        await dying;

        Assert.Equal(1, run.Host.Restarts);
        Assert.Equal(expected.Ids, run.Ids);
        Assert.True(run.Detections.Count > run.Ids.Count, "nothing was sent twice, so the worker died at another moment");
        Assert.True(run.RepeatsAreEqual);
        Assert.Equal(await RowsAsync(quiet), await RowsAsync(killed));

        async Task KillAsync()
        {
            await run.Hubs.Hub(AppRun.DetectionsHub).WaitForCountAsync(1, TestContext.Current.CancellationToken);
            run.Hubs.Faults.AnswerDelay = TimeSpan.Zero;
            run.Host.Kill();
        }
    }

    [Fact(Timeout = 180_000)]
    public async Task A_hub_that_throttles_closes_links_and_loses_answers_gets_every_detection()
    {
        var (quiet, troubled) = (AzuriteFixture.UniqueName("quiet"), AzuriteFixture.UniqueName("troubled"));
        await using var expected = await QuietAsync(quiet, TestContext.Current.CancellationToken);
        await using var run = await app.StartAsync(troubled, o => o with { MaxEventBatchSize = 50 });
        await SendAsync(run);
        var sends = 0;
        run.Hubs.Faults.OnSend = attempt => attempt.Hub == AppRun.DetectionsHub ? (Interlocked.Increment(ref sends) % 4) switch
        {
            1 => SendFault.Throttle,
            3 => SendFault.LoseAnswer,
            _ => SendFault.None,
        } : SendFault.None;

        var reading = ListenToTheEndAsync(run);
        for (var closed = 0; closed < 3 && !reading.IsCompleted; closed++)
        {
            await Task.WhenAny(reading, run.Hubs.Hub(AppRun.DetectionsHub).WaitForCountAsync((closed + 1) * 3, TestContext.Current.CancellationToken));
            run.Hubs.Faults.CloseReaders(AppRun.TelemetryHub);
            run.Hubs.Faults.CloseSenders(AppRun.DetectionsHub);
        }

        await reading;
        Assert.True(run.Hubs.Faults.Throttled > 0 && run.Hubs.Faults.AnswersLost > 0, "no fault hit");
        Assert.Equal(expected.Ids, run.Ids);
        Assert.True(run.RepeatsAreEqual);
        Assert.Equal(await RowsAsync(quiet), await RowsAsync(troubled));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_partition_that_another_instance_takes_in_mid_call_is_counted_once()
    {
        var (quiet, contested) = (AzuriteFixture.UniqueName("quiet"), AzuriteFixture.UniqueName("contested"));
        await using var expected = await QuietAsync(quiet, TestContext.Current.CancellationToken);
        await using var first = await app.StartAsync(contested, o => o with { MaxEventBatchSize = 20 });
        await using var second = await app.StartAsync(contested, o => o with { MaxEventBatchSize = 35 }, first.Hubs);
        await SendAsync(first);

        // The newcomer claims its half of the partitions; the owner's links are closed with a call in progress.
        await using var one = await first.Host.ListenAsync(Quick, TestContext.Current.CancellationToken);
        await first.Hubs.Hub(AppRun.DetectionsHub).WaitForCountAsync(1, TestContext.Current.CancellationToken);
        await using var two = await second.Host.ListenAsync(Quick, TestContext.Current.CancellationToken);
        await ReachedAsync(first.Hubs, partition => Math.Max(one.Checkpoints.Of(partition) ?? -1, two.Checkpoints.Of(partition) ?? -1));

        Assert.Equal(expected.Ids, first.Ids);
        Assert.True(first.RepeatsAreEqual);
        Assert.Equal(await RowsAsync(quiet), await RowsAsync(contested));
    }

    /// <summary>A run in which nothing goes wrong.</summary>
    private async Task<AppRun> QuietAsync(string baseline, CancellationToken cancellationToken)
    {
        var run = await app.StartAsync(baseline);
        cancellationToken.ThrowIfCancellationRequested();
        await SendAsync(run);
        await ListenToTheEndAsync(run);
        Assert.Equal(run.Ids.Count, run.Detections.Count);
        return run;
    }

    /// <summary>The fleet's telemetry, through the official client, on the simulated clock.</summary>
    private static async Task SendAsync(AppRun run)
    {
        await using var sender = new TelemetrySender(HubEndpoint.OfConnectionString(run.Hubs.ConnectionString), AppRun.TelemetryHub);
        await sender.SendAsync(Fleet.Outgoing, null, TestContext.Current.CancellationToken);
    }

    private static async Task ListenToTheEndAsync(AppRun run)
    {
        await using var listener = await run.Host.ListenAsync(Quick, TestContext.Current.CancellationToken);
        await listener.WaitForAsync(Ends(run.Hubs), TestContext.Current.CancellationToken);
        await listener.StopAsync();
    }

    private static async Task ReachedAsync(HubServer hubs, Func<EventPartition, long> reached)
    {
        var ends = Ends(hubs);
        while (ends.Any(end => reached(new EventPartition(AppRun.TelemetryHub, end.Key)) < end.Value)) await Task.Delay(50, TestContext.Current.CancellationToken);
    }

    private static Dictionary<string, long> Ends(HubServer hubs) => hubs.Hub(AppRun.TelemetryHub).Partitions.Where(p => p.Messages.Count > 0)
        .ToDictionary(p => p.Id.ToString(CultureInfo.InvariantCulture), p => p.Messages[^1].SequenceNumber, StringComparer.Ordinal);

    private Task<SortedDictionary<string, string>> RowsAsync(string baseline) => TableRows.ReadAsync(app.ConnectionString, baseline);
}
