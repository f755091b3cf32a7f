using Changeling.Backtest.Fleet;
using Changeling.Backtest.Recordings;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Pipeline;
using Changeling.Simulation;
using Changeling.Storing;

namespace Changeling.Backtest.Tests;

/// <summary>The messages of a history are read and scored on other threads before they are decided; nothing else changes.</summary>
public sealed class ReadEarlyTests : IDisposable
{
    private readonly SimulatedHistory _history = new(
        new SimulationOptions { Hosts = 6, Hours = 12, Attacks = 8, Format = SimulationOptions.MixedFormats });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_that_was_read_early_has_the_same_outcome()
    {
        var messages = Messages(null);
        var read = NewPipeline();

        var expected = await ProcessAsync(NewPipeline(), [.. messages.Select(m => m with { Content = null })]);
        var early = await ProcessAsync(read, Messages(body => read.ReadEarly(body, SimulatedHistory.Snapshot())));

        Assert.NotEmpty(expected.Detections);
        Assert.Equal((expected.Records, expected.Scored, expected.Malicious), (early.Records, early.Scored, early.Malicious));
        Assert.Equal(expected.Detections.Select(d => d.ToArray()), early.Detections.Select(d => d.ToArray()));
    }

    [Fact]
    public async Task What_was_read_early_is_not_read_again()
    {
        var messages = Messages(null).Take(100).Select(m => m with { Body = "not read"u8.ToArray() }).ToList();

        var outcome = await ProcessAsync(NewPipeline(), messages);

        Assert.Empty(outcome.DeadLetters);
        Assert.Equal(messages.Sum(m => m.Content!.Outcomes.Count), outcome.Records);
    }

    [Fact]
    public void The_progress_is_that_of_the_returned_messages()
    {
        var options = _history.Options(learningHours: 1);
        using var history = new History(options.Files, options.Partitions);
        var (count, bytes) = (0L, 0L);

        foreach (var (_, message) in history.Messages(Token).Take(1_000))
        {
            (count, bytes) = (count + 1, bytes + message.Body.Length);
            Assert.Equal((count, bytes), (history.State.Count, history.State.Bytes));
        }

        Assert.Equal(1_000, count);
    }

    [Fact]
    public void A_history_that_goes_on_reads_nothing_before()
    {
        var options = _history.Options(learningHours: 1);
        var all = Messages(null).Count;
        HistoryState state;
        using (var before = new History(options.Files, partitions: 1))
        {
            Assert.Equal(all - 10, before.Messages(Token).Take(all - 10).Count());
            state = before.State;
        }

        var reads = 0;
        using var after = new History(options.Files, partitions: 1, state)
        {
            Read = _ =>
            {
                Interlocked.Increment(ref reads);
                return new([], 0);
            },
        };

        Assert.Equal(all - 10L, after.Messages(Token).First().Message.SequenceNumber);
        Assert.InRange(reads, 1, 10);
    }

    public void Dispose() => _history.Dispose();

    private static BatchPipeline NewPipeline() => new(
        new InMemoryBaselineStore(),
        new CountedDeadLetters(),
        new PipelineSettings { EmitAfter = TimeSpan.Zero, Alerts = AlertKind.Findings });

    private static Task<BatchOutcome> ProcessAsync(BatchPipeline pipeline, IReadOnlyList<TelemetryMessage> messages) =>
        pipeline.ProcessAsync(new EventBatch(History.Partition(0), messages), SimulatedHistory.Snapshot(), Token);

    private List<TelemetryMessage> Messages(Func<ReadOnlyMemory<byte>, MessageContent>? read)
    {
        var files = _history.Options(learningHours: 1).Files;
        using var history = read is null ? new History(files, partitions: 1) : new History(files, partitions: 1) { Read = read };
        return [.. history.Messages(Token).Select(m => m.Message)];
    }
}
