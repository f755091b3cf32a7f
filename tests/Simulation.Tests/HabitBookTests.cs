using System.Text.RegularExpressions;
using Changeling.Simulation.Fleet;
using Changeling.Simulation.Habits;
using Changeling.Simulation.Running;

namespace Changeling.Simulation.Tests;

public partial class HabitBookTests
{
    public static TheoryData<HostRole> Roles => [.. Enum.GetValues<HostRole>()];

    [Theory]
    [MemberData(nameof(Roles))]
    public void Every_habit_of_a_role_has_a_parent_that_stays(HostRole role)
    {
        var habits = HabitBook.Of(role);
        var staying = habits.SelectMany(habit => habit.Scenes)
            .SelectMany(Whole)
            .Select(scene => scene.Stays)
            .Append(Machine.FirstProcess)
            .ToHashSet();

        Assert.All(habits, habit => Assert.Contains(habit.Parent, staying));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void Habits_of_a_role_have_different_names(HostRole role) =>
        Assert.Equal(HabitBook.Of(role).Count, HabitBook.Of(role).Select(habit => habit.Name).Distinct().Count());

    [Fact]
    public void No_placeholder_is_left_open_and_every_child_is_a_program()
    {
        var events = Fleets.Quiet.Concat(Fleets.Attacked).ToList();

        Assert.DoesNotContain(
            events, e => Placeholder().IsMatch(e.Event.Child.CommandLine! + e.Event.Child.Path + e.Event.Child.OriginalFileName));
        Assert.All(events, e => Assert.Matches(@"^[a-z0-9].*\.(exe|tmp)$", e.Event.Child.Name));
    }

    private static IEnumerable<Scene> Whole(Scene scene) => scene.Then.SelectMany(Whole).Prepend(scene);

    [GeneratedRegex(@"<=?[a-z0-9-]+(:[^<>]+)?>")]
    private static partial Regex Placeholder();
}
