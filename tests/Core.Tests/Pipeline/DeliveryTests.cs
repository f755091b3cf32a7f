using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Pipeline;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

public class DeliveryTests
{
    [Fact]
    public void Records_that_are_above_a_lower_watermark_are_read_again_and_given_up_ones_stay_so()
    {
        var messages = Enumerable.Range(1, 5).Select(i => Message(i, Record("a.exe", $"{(char)('a' + i)}.exe")));
        var delivery = new Delivery(new EventBatch(PipelineBench.Partition, [.. messages]), new MessageReader(new MessageLimits()));
        Assert.True(delivery.TryBeginPart());
        delivery.PlaceAbove(null);
        var first = Fresh(delivery);
        first[4].GiveUp(DeadLetterReasons.Uncommittable, "");

        delivery.PlaceAbove(new Watermark(new Position(0, 3, 0), Some.Time.AddSeconds(3), Some.Time));
        Assert.Equal([first[3], first[4]], Fresh(delivery));
        Assert.Equal((new Position(0, 1, 0), new Position(0, 3, 0)), delivery.Replayed);

        delivery.PlaceAbove(null);
        var again = Fresh(delivery);
        Assert.Equal(first.Select(r => (r.Place, r.Event, r.Lineage)), again.Select(r => (r.Place, r.Event, r.Lineage)));
        Assert.Equal(DeadLetterReasons.Uncommittable, again[4].DeadLetter?.Reason);
        Assert.False(delivery.TryBeginPart());
    }

    [Fact]
    public void A_batch_is_read_no_further_than_it_is_asked_for()
    {
        var messages = new UnreadTail(10, read: 3);
        var delivery = new Delivery(new EventBatch(PipelineBench.Partition, messages), new MessageReader(new MessageLimits()));
        Assert.True(delivery.TryBeginPart());
        delivery.PlaceAbove(null);

        for (var i = 0; i < 3; i++) Assert.NotNull(delivery.Next(after: i, TestContext.Current.CancellationToken));
    }

    private static List<ArrivedRecord> Fresh(Delivery delivery)
    {
        var records = new List<ArrivedRecord>();
        while (delivery.Next(records.Count, TestContext.Current.CancellationToken) is { } record) records.Add(record);
        return records;
    }

    /// <summary>Messages of which only the first ones may be looked at.</summary>
    private sealed class UnreadTail(int count, int read) : IReadOnlyList<TelemetryMessage>
    {
        public int Count => count;

        public TelemetryMessage this[int index] => index < read
            ? Message(index + 1, Record("a.exe", "b.exe"))
            : throw new InvalidOperationException($"message {index} was read");

        public IEnumerator<TelemetryMessage> GetEnumerator() => throw new NotSupportedException();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw new NotSupportedException();
    }
}
