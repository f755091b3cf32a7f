using Changeling.Events;
using Changeling.HostStandIn.Tests.Support;

namespace Changeling.HostStandIn.Tests;

/// <summary>What a real worker gets in a call.</summary>
public sealed class InvokeTests(OddHost odd)
{
    [Fact]
    public async Task The_worker_gets_each_event_as_a_whole_message_with_its_own_number_offset_and_time()
    {
        var report = OddApp.Report(await odd.Host.InvokeAsync(Batches.Of("3", ["report", "two", "three"]), Token));

        Assert.Equal([0, 1, 2], report.Values<long>("SequenceNumbers"));
        Assert.Equal(["8589934592", "8589935616", "8589936640"], report.Values<string>("Offsets"));
        Assert.Equal(
            [Batches.Start, Batches.Start.AddMilliseconds(1), Batches.Start.AddMilliseconds(2)], report.Values<DateTimeOffset>("Enqueued"));
        Assert.Equal(14, report["Bytes"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_trigger_metadata_names_the_partition_and_repeats_the_numbers()
    {
        var report = OddApp.Report(await odd.Host.InvokeAsync(Batches.Of("3", ["report", "two"]), Token));

        Assert.Equal(
            ("telemetry", "$Default", "3"),
            (report["Hub"]!.GetValue<string>(), report["Group"]!.GetValue<string>(), report["Partition"]!.GetValue<string>()));
        Assert.Equal([0, 1], report.Values<long>("MetadataNumbers"));
        Assert.Equal(["8589934592", "8589935616"], report.Values<string>("MetadataOffsets"));
        Assert.Equal("[\"2026-11-24T08:30:15.12\",\"2026-11-24T08:30:15.121\"]", report["MetadataEnqueued"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_worker_gets_the_hosts_trace_and_an_endless_retry_policy()
    {
        var report = OddApp.Report(await odd.Host.InvokeAsync(Batches.Of("traced", ["report"]), Token));

        var attempt = Assert.Single(odd.Attempts("traced"));
        Assert.Equal(attempt.Id.ToString(), report["InvocationId"]!.GetValue<string>());
        Assert.Equal(attempt.TraceParent, report["TraceParent"]!.GetValue<string>());
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01$", attempt.TraceParent);
        Assert.Equal(-1, report["MaxRetryCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_function_without_a_policy_gets_no_retry_context()
    {
        var host = await odd.OfAsync(OddApp.Once);

        var report = OddApp.Report(await host.InvokeAsync(Batches.Of("report"), Token));

        Assert.Null(report["MaxRetryCount"]);
    }

    [Fact]
    public async Task An_exception_of_the_function_is_the_failure_with_type_and_message()
    {
        var result = await odd.Host.InvokeAsync(Batches.Of("fail the table is locked"), Token);

        Assert.False(result.Succeeded);
        Assert.Contains("InvalidOperationException", result.Failure, StringComparison.Ordinal);
        Assert.Contains("the table is locked", result.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_batch_and_an_empty_event_are_handed_over()
    {
        var nothing = await odd.Host.InvokeAsync(Batches.Of("0", []), Token);
        var empty = OddApp.Report(await odd.Host.InvokeAsync(Batches.Of("report", ""), Token));

        Assert.True(nothing.Succeeded, nothing.Failure);
        Assert.Equal(2, empty.Values<long>("SequenceNumbers").Count);
    }

    [Fact]
    public async Task A_batch_of_20_MB_arrives_whole()
    {
        var body = new byte[20_000];
        var messages = Enumerable.Range(1, 1000)
            .Select(i => new TelemetryMessage(i, Batches.Start, body))
            .Prepend(Batches.Of("report").Messages[0]);

        var report = OddApp.Report(await odd.Host.InvokeAsync(new EventBatch(new EventPartition("telemetry", "0"), [.. messages]), Token));

        Assert.Equal(20_000_006, report["Bytes"]!.GetValue<int>());
        Assert.Equal(1001, report.Values<long>("SequenceNumbers").Count);
    }

    [Fact]
    public async Task A_cancelled_call_reaches_the_worker_as_a_cancellation()
    {
        using var meeting = new Meeting();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = odd.Host.InvokeAsync(Batches.Of($"meet {meeting.Port}"), cancel.Token);
        using var begun = await meeting.BegunAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Meeting.HungUpAsync(begun);
    }

    [Fact]
    public async Task Which_function_is_meant_must_be_clear()
    {
        await using var host = await OddApp.StartAsync(o => o with { Function = null });
        var failure = await Assert.ThrowsAsync<HostFailedException>(() => host.InvokeAsync(Batches.Of("report"), Token));

        Assert.Contains("3 Event Hubs functions", failure.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
