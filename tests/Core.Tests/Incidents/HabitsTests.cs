using System.Globalization;
using Changeling.Incidents;
using Changeling.Storing;

namespace Changeling.Core.Tests.Incidents;

public class HabitsTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 22, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_step_is_counted_once_a_day()
    {
        var habits = new Habits();

        int[] days =
        [
            Note(habits, 1, 0), Note(habits, 1, 0), Note(habits, 1, 1), Note(habits, 1, 1), Note(habits, 1, 5), Note(habits, 2, 5),
        ];

        Assert.Equal([0, 0, 1, 1, 2, 0], days);
    }

    [Fact]
    public void A_partition_that_is_late_does_not_add_a_day()
    {
        var habits = new Habits();
        Note(habits, 1, 1);

        Assert.Equal((0, 1), (Note(habits, 1, 0), Note(habits, 1, 2)));
    }

    [Fact]
    public void Rows_hold_everything_and_only_those_that_changed_are_stored()
    {
        var habits = new Habits();
        for (var step = 0; step < 1_000; step++) Note(habits, step, step % 3);
        var rows = habits.Changed(Monday.AddDays(2));

        var again = Habits.Of(rows);
        Note(again, 18, 2);

        Assert.Equal((1_000, 16, 1), (again.Count, rows.Count, again.Changed(Monday.AddDays(2)).Count));
        Assert.All(Enumerable.Range(0, 1_000), step => Assert.Equal(step == 18 ? 2 : 1, Note(again, step, 3)));
    }

    [Fact]
    public void A_step_that_was_not_seen_for_a_month_is_forgotten_when_its_row_is_stored()
    {
        var habits = new Habits();
        Note(habits, 16, 0);
        Note(habits, 32, Habits.KeptDays + 1);

        var again = Habits.Of(habits.Changed(Monday.AddDays(Habits.KeptDays + 1)));

        Assert.Equal(1, again.Count);
    }

    [Fact]
    public void A_million_steps_stay_within_the_rows()
    {
        var habits = new Habits();
        for (var step = 0; step < 1_000_000; step++) Note(habits, step, step / 20_000);

        var rows = habits.Changed(Monday.AddDays(50));

        Assert.All(rows, row => Assert.InRange(row.Body.Length, 1, IncidentRow.MaxBytes));
        Assert.Equal(1, Note(Habits.Of(rows), 999_999, 51));
    }

    private static int Note(Habits habits, int step, int day) =>
        habits.Note(step.ToString("x16", CultureInfo.InvariantCulture), Monday.AddDays(day));
}
