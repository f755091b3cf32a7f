using Changeling.Counts;
using Changeling.TestSupport;

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
}
