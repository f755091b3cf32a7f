using Changeling.Counts;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.Core.Tests.Counts;

public class ParentHistoryTests
{
    private static readonly HalfLife ThirtyDays = new(30);

    [Fact]
    public void A_parent_of_a_million_names_keeps_1024_rows_and_one_shared()
    {
        var history = new ParentHistory("cmd.exe", [], ThirtyDays);

        for (var i = 0; i < 5000; i++) history.Count($"n{i}.exe", Some.Time, 1);

        Assert.Equal(ParentHistory.MaxOwnRows + 1, history.RowCount);
        Assert.Equal(5000 - ParentHistory.MaxOwnRows, history.Shared.Launches);
        Assert.Null(history.Find("n4999.exe"));
        Assert.Equal(1, history.Find("n0.exe")!.Count.Launches);
    }

    [Fact]
    public void A_row_that_was_swept_and_a_row_that_only_faded_are_the_same()
    {
        var faded = new ParentHistory("cmd.exe", [new CountRow("a.exe", LaunchCount.One, 0, Some.Time, Some.Time)], ThirtyDays);
        var swept = new ParentHistory("cmd.exe", [], ThirtyDays);

        var fromFaded = faded.Count("a.exe", Some.Time.AddDays(300), 300);
        var fromSwept = swept.Count("a.exe", Some.Time.AddDays(300), 300);

        Assert.Equal(fromSwept, fromFaded);
    }

    [Fact]
    public void A_faded_row_makes_room_for_a_new_name()
    {
        var history = new ParentHistory("cmd.exe", [], ThirtyDays);
        for (var i = 0; i < ParentHistory.MaxOwnRows; i++) history.Count($"n{i}.exe", Some.Time, 1);
        history.Count("late.exe", Some.Time, 1);

        history.AdvanceTo(400);
        var row = history.Count("later.exe", Some.Time, 400);

        Assert.Equal("later.exe", row.Name);
    }

    [Fact]
    public void First_and_last_seen_follow_event_time_in_any_order()
    {
        var history = new ParentHistory("cmd.exe", [], ThirtyDays);
        history.Count("a.exe", Some.Time, 1);
        history.Count("a.exe", Some.Time.AddHours(-2), 1);

        var row = history.Count("a.exe", Some.Time.AddHours(-1), 1);

        Assert.Equal((Some.Time.AddHours(-2), Some.Time, 3.0), (row.FirstSeen, row.LastSeen, row.Count.Launches));
    }

    [Fact]
    public void The_sums_that_are_kept_are_those_of_the_rows() =>
        Gen.Select(Gen.Int[0, 1100], Gen.Int[0, 60], Gen.Int[-500, 500], Gen.Int[0, 3]).Array[1, 1500].Sample(launches =>
        {
            var history = new ParentHistory("cmd.exe", [], ThirtyDays, new HostLimit(1, 20));
            var day = 0;
            foreach (var (child, days, minute, host) in launches)
            {
                if (days > 58) day += days;
                history.Count($"n{child}.exe", Some.Time.AddMinutes(minute), day, $"h{host}");
            }

            var (rows, shared) = (history.Children.ToList(), history.Shared);
            var units = rows.Sum(r => r.Count.Units) + shared.Units;
            Assert.Equal(units, history.Units);
            Assert.Equal(
                new ParentCounts(
                    rows.Sum(r => r.Count.Launches) + shared.Launches,
                    rows.Count + (shared.IsPresent ? 1 : 0),
                    rows.Count == 0 ? null : rows.Min(r => r.FirstSeen)),
                history.Counts);
        }, iter: 60);
}
