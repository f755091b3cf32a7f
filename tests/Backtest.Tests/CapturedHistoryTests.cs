using Changeling.Backtest.Recordings;
using Changeling.RecordedFiles;
using Changeling.TestSupport;

namespace Changeling.Backtest.Tests;

/// <summary>A history of Event Hubs Capture is what the hub delivered, also after an interruption.</summary>
public sealed class CapturedHistoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly DateTimeOffset Start = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    private static readonly RecordedFile[] Files =
    [
        File(0, (100, 0), (101, 20), (102, 40)),
        File(2, (7, 10), (8, 30)),
    ];

    [Fact]
    public void Partition_sequence_number_and_enqueued_time_are_those_of_the_hub()
    {
        var history = new History(Files, partitions: 16);

        Assert.Equal(
            [("0", 100L, 0), ("2", 7L, 10), ("0", 101L, 20), ("2", 8L, 30), ("0", 102L, 40)],
            history.Messages(Token)
                .Select(m => (m.Partition.Id, m.Message.SequenceNumber, (int)(m.Message.EnqueuedTime - Start).TotalSeconds)));
        Assert.Equal((2, 5L), (history.Partitions, history.Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_run_that_continues_reads_the_rest(int earlier)
    {
        var before = new History(Files, partitions: 16);
        Assert.Equal(earlier, before.Messages(Token).Take(earlier).Count());

        var after = new History(Files, partitions: 16, before.State);

        Assert.Equal(
            new History(Files, partitions: 16).Messages(Token).Skip(earlier).Select(m => m.Message.SequenceNumber),
            after.Messages(Token).Select(m => m.Message.SequenceNumber));
        Assert.Equal(5, after.Count);
    }

    [Fact]
    public void Only_the_last_days_by_enqueued_time_can_be_used()
    {
        const int day = 24 * 3600;
        RecordedFile[] files = [File(0, (100, 0), (101, day), (102, 2 * day)), File(2, (7, 10), (8, day + 1))];

        Assert.Equal(
            [101L, 8, 102], new History(files, partitions: 16) { Days = 1 }.Messages(Token).Select(m => m.Message.SequenceNumber));
    }

    [Fact]
    public void Capture_and_other_files_are_not_mixed()
    {
        var other = RecordedFile.InMemory("a.jsonl", Telemetry.Record("services.exe", "x.exe"));

        Assert.Contains("in two runs", Fault([.. Files, other]), StringComparison.Ordinal);
        Assert.Contains("in two runs", Fault([other, .. Files]), StringComparison.Ordinal);
    }

    private static string Fault(RecordedFile[] files) =>
        Assert.Throws<InvalidDataException>(() => new History(files, partitions: 1).Messages(Token).ToList()).Message;

    private static RecordedFile File(int partition, params (long Number, int Seconds)[] messages) => RecordedFile.InMemory(
        CaptureWriter.Path(partition, Start),
        CaptureWriter.File(
            messages.Select(
                m => (m.Number, Start.AddSeconds(m.Seconds), (byte[]?)Telemetry.Record("services.exe", "x.exe", time: Start)))));
}
