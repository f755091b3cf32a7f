using Changeling.Counts;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Counts;

public class PlacementTests
{
    private static readonly DateTimeOffset Noon = Some.Time;

    [Fact]
    public void What_is_above_the_watermark_is_new_and_what_is_at_or_below_it_is_a_replay()
    {
        var (places, gap) = Place(At(5, 1), (4, -1, 1), (5, 0, 3), (6, 1, 1));

        Assert.Equal([true, true, true, false, false], places.Select(p => p.IsReplay));
        Assert.Equal(0, gap);
    }

    [Fact]
    public void A_cut_inside_a_message_is_taken_up_inside_it() =>
        Assert.Equal(new Position(0, 5, 2), Place(At(5, 1), (5, 0, 4)).Places.First(p => !p.IsReplay).Position);

    [Fact]
    public void Lower_numbers_with_a_later_time_are_a_new_epoch()
    {
        var (places, _) = Place(At(900, 0), (0, 60, 1), (1, 61, 1));

        Assert.Equal([new Position(1, 0, 0), new Position(1, 1, 0)], places.Select(p => p.Position));
        Assert.All(places, p => Assert.False(p.IsReplay));
    }

    [Fact]
    public void A_broker_clock_that_steps_back_makes_no_epoch()
    {
        var (places, _) = Place(At(5, 0), (6, -30, 1), (7, -20, 1));

        Assert.Equal([0, 0], places.Select(p => p.Position.Epoch));
        Assert.All(places, p => Assert.Equal(Noon, p.Clock.Now));
    }

    [Fact]
    public void A_batch_of_the_epoch_before_is_a_replay_and_no_gap()
    {
        var watermark =
            At(3, 0) with { Position = new Position(1, 3, 0), PreviousEpoch = new EpochEnd(new Position(0, 900, 1), Noon.AddHours(-1)) };

        var (places, gap) = Place(watermark, (899, -7200, 2), (900, -3600, 2), (4, 60, 1));

        Assert.Equal(
            [new Position(0, 899, 0), new(0, 899, 1), new(0, 900, 0), new(0, 900, 1), new(1, 4, 0)], places.Select(p => p.Position));
        Assert.Equal([true, true, true, true, false], places.Select(p => p.IsReplay));
        Assert.Equal(0, gap);
    }

    [Fact]
    public void What_the_epoch_before_had_not_committed_is_new()
    {
        var watermark =
            At(3, 0) with { Position = new Position(1, 3, 0), PreviousEpoch = new EpochEnd(new Position(0, 900, 0), Noon.AddHours(-1)) };

        var (places, _) = Place(watermark, (900, -3600, 2), (901, -3600, 1));

        Assert.All(places, p => Assert.False(p.IsReplay));
    }

    [Fact]
    public void A_new_epoch_remembers_where_the_one_before_it_ended()
    {
        var (places, _) = Place(At(900, 3), (0, 60, 1));

        Assert.Equal(new EpochEnd(new Position(0, 900, 3), Noon), places[0].PreviousEpoch);
    }

    [Fact]
    public void Passed_over_numbers_are_a_gap() => Assert.Equal(4, Place(At(5, 0), (10, 1, 1), (11, 2, 1)).SequenceGap);

    [Fact]
    public void The_very_first_message_may_have_any_number() => Assert.Equal(0, Place(null, (88_120_417, 0, 1)).SequenceGap);

    [Fact]
    public void The_clock_is_the_highest_enqueued_time_wherever_the_batch_is_cut()
    {
        (long, int, int)[] all = [(1, 0, 1), (2, 30, 2), (3, 10, 1), (4, 40, 1)];
        var whole = Place(null, all).Places;

        for (var cut = 1; cut < all.Length; cut++)
        {
            var head = Place(null, all[..cut]).Places;
            var watermark = new Watermark(head[^1].Position, head[^1].Clock.Now, Noon);
            var tail = Place(watermark, all[cut..]).Places;

            Assert.Equal(whole, [.. head, .. tail]);
        }
    }

    private static Watermark At(long sequenceNumber, int record) => new(new Position(0, sequenceNumber, record), Noon, Noon);

    private static (IReadOnlyList<Place> Places, long SequenceGap) Place(
        Watermark? watermark, params (long Number, int Seconds, int Records)[] messages)
    {
        var placement = new Placement(watermark);
        var places = new List<Place>();
        foreach (var (number, seconds, records) in messages)
        {
            var placed = placement.Next(new TelemetryMessage(number, Noon.AddSeconds(seconds), default), records);
            places.AddRange(Enumerable.Range(0, records).Select(placed.Of));
        }

        return (places, placement.SequenceGap);
    }
}
