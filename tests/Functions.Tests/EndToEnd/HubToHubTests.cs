using Changeling.Events;
using Changeling.Functions.Tests.App;
using Changeling.HubStandIn;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>
/// From hub to hub: the official client's event processor reads the telemetry, the real worker scores it, its own producer sends the
/// detections. What goes wrong on the way must neither lose nor double anything.
/// </summary>
public sealed class HubToHubTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact(Timeout = 120_000)]
    public async Task A_detection_is_keyed_by_host_and_says_what_it_is_without_its_body_being_read()
    {
        var run = await QuietRun.OfAsync(app, TestContext.Current.CancellationToken);

        Assert.NotEmpty(run.Detections);
        Assert.All(run.Detections, detection =>
        {
            var finding = System.Text.Json.JsonDocument.Parse(detection.Body).RootElement;
            Assert.Equal(finding.GetProperty("finding_info").GetProperty("uid").GetString(), detection.MessageId);
            Assert.Equal(finding.GetProperty("device").GetProperty("hostname").GetString(), detection.PartitionKey);
            Assert.Equal("application/json", detection.ContentType);
            Assert.Equal(finding.GetProperty("class_uid").GetInt32(), detection.ApplicationProperties["class_uid"]);
            Assert.Equal(
                finding.GetProperty("finding_info").GetProperty("analytic").GetProperty("uid").GetString(),
                detection.ApplicationProperties["rule"]);
            Assert.Equal(finding.GetProperty("severity").GetString(), detection.ApplicationProperties["severity"]);
            Assert.Equal(finding.GetProperty("is_alert").GetBoolean(), detection.ApplicationProperties["is_alert"]);
        });
    }

    [Fact(Timeout = 180_000)]
    public async Task A_stop_in_mid_batch_loses_and_doubles_nothing()
    {
        var stopped = AzuriteFixture.UniqueName("stopped");
        var expected = await QuietRun.OfAsync(app, TestContext.Current.CancellationToken);
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
        await Fleet.SendAsync(first);
        await using (var listener = await first.Host.ListenAsync(AppRun.Quick, TestContext.Current.CancellationToken))
        {
            await underWay.Task.WaitAsync(TestContext.Current.CancellationToken);
            await first.Host.StopAsync();
        }

        await using var second = await app.StartAsync(stopped, o => o with { MaxEventBatchSize = 40 }, first.Hubs);
        await second.ListenToTheEndAsync();

        Assert.Equal(expected.Ids, second.Ids);
        Assert.Equal(second.Ids.Count, second.Detections.Count);
        Assert.Equal(expected.Rows, await RowsAsync(stopped));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_worker_that_dies_between_send_and_return_doubles_at_most_that_batch_with_the_same_bytes()
    {
        var killed = AzuriteFixture.UniqueName("killed");
        var expected = await QuietRun.OfAsync(app, TestContext.Current.CancellationToken);
        await using var run = await app.StartAsync(killed, o => o with { MaxEventBatchSize = 100 });
        await Fleet.SendAsync(run);

        // The hub has taken a detection and not said so yet: in this moment the worker dies.
        run.Hubs.Faults.AnswerDelay = TimeSpan.FromSeconds(30);
        var dying = KillAsync();
        await run.ListenToTheEndAsync();
        await dying;

        Assert.Equal(1, run.Host.Restarts);
        Assert.Equal(expected.Ids, run.Ids);
        Assert.True(run.Detections.Count > run.Ids.Count, "nothing was sent twice, so the worker died at another moment");
        Assert.True(run.RepeatsAreEqual);
        Assert.Equal(expected.Rows, await RowsAsync(killed));

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
        var troubled = AzuriteFixture.UniqueName("troubled");
        var expected = await QuietRun.OfAsync(app, TestContext.Current.CancellationToken);
        await using var run = await app.StartAsync(troubled, o => o with { MaxEventBatchSize = 50 });
        await Fleet.SendAsync(run);
        var sends = 0;
        run.Hubs.Faults.OnSend = attempt => attempt.Hub == AppRun.DetectionsHub ? (Interlocked.Increment(ref sends) % 4) switch
        {
            1 => SendFault.Throttle,
            3 => SendFault.LoseAnswer,
            _ => SendFault.None,
        } : SendFault.None;

        var reading = run.ListenToTheEndAsync();
        for (var closed = 0; closed < 3 && !reading.IsCompleted; closed++)
        {
            await Task.WhenAny(
                reading, run.Hubs.Hub(AppRun.DetectionsHub).WaitForCountAsync((closed + 1) * 3, TestContext.Current.CancellationToken));
            run.Hubs.Faults.CloseReaders(AppRun.TelemetryHub);
            run.Hubs.Faults.CloseSenders(AppRun.DetectionsHub);
        }

        await reading;
        Assert.True(run.Hubs.Faults.Throttled > 0 && run.Hubs.Faults.AnswersLost > 0, "no fault hit");
        Assert.Equal(expected.Ids, run.Ids);
        Assert.True(run.RepeatsAreEqual);
        Assert.Equal(expected.Rows, await RowsAsync(troubled));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_partition_that_another_instance_takes_in_mid_call_is_counted_once()
    {
        var contested = AzuriteFixture.UniqueName("contested");
        var expected = await QuietRun.OfAsync(app, TestContext.Current.CancellationToken);
        await using var first = await app.StartAsync(contested, o => o with { MaxEventBatchSize = 20 });
        await using var second = await app.StartAsync(contested, o => o with { MaxEventBatchSize = 35 }, first.Hubs);
        await Fleet.SendAsync(first);

        // The newcomer claims its half of the partitions; the owner's links are closed with a call in progress.
        await using var one = await first.Host.ListenAsync(AppRun.Quick, TestContext.Current.CancellationToken);
        await first.Hubs.Hub(AppRun.DetectionsHub).WaitForCountAsync(1, TestContext.Current.CancellationToken);
        await using var two = await second.Host.ListenAsync(AppRun.Quick, TestContext.Current.CancellationToken);
        await ReachedAsync(first.Ends, partition => Math.Max(one.Checkpoints.Of(partition) ?? -1, two.Checkpoints.Of(partition) ?? -1));

        Assert.Equal(expected.Ids, first.Ids);
        Assert.True(first.RepeatsAreEqual);
        Assert.Equal(expected.Rows, await RowsAsync(contested));
    }

    private static async Task ReachedAsync(Dictionary<string, long> ends, Func<EventPartition, long> reached)
    {
        while (ends.Any(end => reached(new EventPartition(AppRun.TelemetryHub, end.Key)) < end.Value))
            await Task.Delay(50, TestContext.Current.CancellationToken);
    }

    private Task<SortedDictionary<string, string>> RowsAsync(string baseline) => TableRows.ReadAsync(app.ConnectionString, baseline);
}
