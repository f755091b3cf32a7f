using Changeling.Simulation.Attacks;
using Changeling.Simulation.Fleet;
using Changeling.Simulation.Habits;
using Changeling.Simulation.Injection;
using Changeling.Simulation.Running;

namespace Changeling.Simulation;

/// <summary>Simulates the days of a fleet: boots, logons, work, maintenance, and attacks if requested.</summary>
public static class FleetSimulator
{
    /// <summary>Runs the simulation. The result depends only on the options.</summary>
    /// <returns>All process starts of the simulated time, ordered by time.</returns>
    /// <exception cref="ArgumentException">
    /// An option is not valid; the message says which (<see cref="SimulationOptions.FindProblem"/>).
    /// </exception>
    public static IReadOnlyList<SimulatedEvent> Run(SimulationOptions options)
    {
        if (options.FindProblem() is { } problem) throw new ArgumentException(problem, nameof(options));

        var fleet = Roster.Of(options)
            .Select(host => (Machine: new Machine(host, options.Start.AddDays(-30)), Calendar: HostCalendar.Of(host, options)))
            .ToList();
        foreach (var (machine, calendar) in fleet) PlayHabits(machine, calendar, options);
        new AttackPlanner(options, fleet).Play();
        if (options.Injection is { } injection) new Injector(options, injection, fleet).Play();
        return [.. fleet.SelectMany(host => Events(host.Machine, options)).OrderBy(e => e.Event.Time).ThenBy(e => e.HostIndex)];
    }

    /// <summary>
    /// Simulates a fleet without attacks one host after the other, so that a large one needs no more memory than one host: the same starts
    /// as <see cref="Run"/> gives, in another order.
    /// </summary>
    /// <returns>The starts of each host in turn, ordered by time.</returns>
    /// <exception cref="ArgumentException">
    /// An option is not valid, or requests attacks or injected rows, which involve several hosts.
    /// </exception>
    public static IEnumerable<IReadOnlyList<SimulatedEvent>> HostByHost(SimulationOptions options)
    {
        if (options.FindProblem() is { } problem) throw new ArgumentException(problem, nameof(options));
        if (options.Attacks > 0 || options.Injection is not null)
            throw new ArgumentException("Attacks go from host to host; ask for none.", nameof(options));
        return Roster.Of(options).Select(host =>
        {
            var machine = new Machine(host, options.Start.AddDays(-30));
            PlayHabits(machine, HostCalendar.Of(host, options), options);
            return (IReadOnlyList<SimulatedEvent>)[.. Events(machine, options).OrderBy(e => e.Event.Time)];
        });
    }

    private static void PlayHabits(Machine machine, HostCalendar calendar, SimulationOptions options)
    {
        foreach (var habit in HabitBook.Of(machine.Host.Role))
        {
            var chance = Chance.For(options.Seed, machine.Host.Name, habit.Name);
            if (!chance.Happens(habit.Share)) continue;
            foreach (var time in RhythmTimes.Of(habit.Rhythm, calendar, machine.Host.Diligence, chance).Order().ToList())
            {
                machine.Play(
                    Chosen(habit, chance), habit.Parent, time.AddMilliseconds(AfterBoot(habit, chance)), new Play(machine.Host, chance));
            }
        }
    }

    /// <summary>Habits of boot and logon come one after the other, not all in the first millisecond.</summary>
    private static long AfterBoot(Habit habit, Chance chance) => habit.Rhythm.Kind switch
    {
        RhythmKind.Boot => habit.Parent == Machine.FirstProcess ? 0 : chance.Between(30_000L, 45_000L),
        RhythmKind.Logon => habit.Name == "logon" ? 0 : chance.Between(3_000L, 30_000L),
        _ => 0,
    };

    private static Scene Chosen(Habit habit, Chance chance)
    {
        var left = chance.Unit() * habit.Scenes.Sum(scene => scene.Weight);
        foreach (var scene in habit.Scenes)
        {
            left -= scene.Weight;
            if (left < 0) return scene;
        }

        return habit.Scenes[^1];
    }

    private static IEnumerable<SimulatedEvent> Events(Machine machine, SimulationOptions options)
    {
        var launches = Numbering.Of(machine, options.Seed);
        if (options.HasDistinctCommandLines)
        {
            foreach (var launch in launches) launch.Distinguish(machine.Host.Index);
        }

        return from launch in launches
               where launch.IsTold && launch.Time >= options.Start && launch.Time < options.End
               select new SimulatedEvent(machine.Host, launch);
    }
}
