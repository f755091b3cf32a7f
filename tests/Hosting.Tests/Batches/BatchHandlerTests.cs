using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Hosting.Batches;
using Changeling.Hosting.Models;
using Changeling.Storing;
using Changeling.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Hosting.Tests.Batches;

public class BatchHandlerTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static readonly EventBatch Batch = new(new EventPartition("telemetry", "3"), [Message(41, Record("winword.exe", "cmd.exe"))]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_committed_is_sent_before_the_invocation_ends()
    {
        using var app = ComposedApp.With((_, _, _) => Task.FromResult(Outcomes.With("one", "two")));

        await app.Get<BatchHandler>().HandleAsync(Batch, 0, default, Token);

        Assert.Equal(["one", "two"], app.Hub.Sent.Select(d => Encoding.UTF8.GetString(d.Span)));
    }

    [Fact]
    public async Task A_hub_that_refuses_fails_the_invocation_and_the_batch_is_not_counted_as_done()
    {
        using var measured = new Measurements();
        using var app = ComposedApp.With((_, _, _) => Task.FromResult(Outcomes.With("one")));
        app.HubFault = new StoreUnavailableException("The hub is busy.");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => app.Get<BatchHandler>().HandleAsync(Batch, 0, default, Token));

        Assert.Equal(0, app.Get<Hosting.Observing.InstanceHealth>().Answered);
    }

    [Fact]
    public async Task An_empty_batch_needs_neither_pipeline_nor_model()
    {
        using var app = ComposedApp.With((_, _, _) => throw new InvalidOperationException("called"));

        await app.Get<BatchHandler>().HandleAsync(Batch with { Messages = [] }, 0, default, Token);

        Assert.Empty(app.Hub.Sent);
    }

    [Fact]
    public async Task A_batch_that_arrives_before_the_model_waits_for_it()
    {
        var source = new Later();
        using var app = ComposedApp.With([], services =>
        {
            services.Replace(ServiceDescriptor.Singleton<ProcessBatch>((_, _, _) => Task.FromResult(Outcomes.With("one"))));
            services.Replace(ServiceDescriptor.Singleton<ISnapshotSource>(source));
        });

        var handling = app.Get<BatchHandler>().HandleAsync(Batch, 0, default, Token);
        var waited = !handling.IsCompleted;
        source.Model.SetResult(Outcomes.Snapshot("late"));
        await handling;

        Assert.True(waited);
        Assert.Single(app.Hub.Sent);
    }

    [Fact]
    public async Task A_batch_that_the_host_has_retried_twenty_times_calls_for_help_and_is_still_processed()
    {
        using var measured = new Measurements();
        using var app = ComposedApp.With((_, _, _) => Task.FromResult(Outcomes.With("one")));

        await app.Get<BatchHandler>().HandleAsync(Batch, BatchHandler.RetryAlert - 1, default, Token);
        var before = measured.Sum("changeling.batches.stuck");
        await app.Get<BatchHandler>().HandleAsync(Batch, BatchHandler.RetryAlert, default, Token);

        Assert.Equal((0, 1), (before, measured.Sum("changeling.batches.stuck")));
        Assert.Equal(2, app.Hub.Sent.Count);
    }

    [Theory]
    [InlineData($"00-{Trace}-00f067aa0ba902b7-01", Trace)]
    [InlineData("not-a-traceparent", null)]
    [InlineData(null, null)]
    public async Task A_batchs_span_is_a_child_of_the_hosts_where_it_sent_one(string? traceparent, string? trace)
    {
        var spans = new ConcurrentQueue<Activity>();
        var batch = Batch with { Partition = new EventPartition(AzuriteFixture.UniqueName("hub"), "0") };
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Changeling",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var app = ComposedApp.With((_, _, _) => Task.FromResult(Outcomes.With()));

        await app.Get<BatchHandler>().HandleAsync(batch, 0, Hosting.Observing.Telemetry.HostSpan(traceparent, null), Token);

        var span = Assert.Single(spans, s => s.GetTagItem("messaging.destination.name") as string == batch.Partition.Hub);
        if (trace is null) Assert.Equal(default, span.ParentSpanId);
        else Assert.Equal(trace, span.TraceId.ToString());
    }

    private sealed class Later : ISnapshotSource
    {
        public TaskCompletionSource<PipelineSnapshot> Model { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? ModelVersion => null;

        public Task<PipelineSnapshot> WaitAsync(CancellationToken cancellationToken) => Model.Task.WaitAsync(cancellationToken);
    }
}
