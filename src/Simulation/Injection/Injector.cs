using Changeling.Simulation.Running;

namespace Changeling.Simulation.Injection;

/// <summary>
/// Places labelled rows on the fleet: each chain once, at a seeded time and host; look-alikes at a steady rate everywhere, each one again
/// only after all others.
/// </summary>
internal sealed class Injector(
    SimulationOptions options, InjectionOptions injection, IReadOnlyList<(Machine Machine, HostCalendar Calendar)> fleet)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public void Play()
    {
        foreach (var chain in Chosen()) PlayChain(chain);
        var lookAlikes = injection.LookAlikes;
        if (lookAlikes.Count > 0) PlayLookAlikes(lookAlikes);
    }

    private IEnumerable<IReadOnlyList<InjectedRow>> Chosen() => injection.MaxChains is not { } most
        ? injection.Chains
        : injection.Chains.OrderBy(chain => Chance.For(options.Seed, "chosen chain", chain[0].Dataset).Next()).Take(most);

    private void PlayChain(IReadOnlyList<InjectedRow> chain)
    {
        var chance = Chance.For(options.Seed, "injected chain", chain[0].Dataset);
        var times = ChainTimes.Of(chain, chance);
        var (first, begin, room) = Beginning(times[^1], chance);
        times = ChainTimes.Within(room, times);

        var machines = new Dictionary<string, Machine>(StringComparer.OrdinalIgnoreCase);
        var processes = new InjectedProcesses(chance);
        for (var i = 0; i < chain.Count; i++)
        {
            var row = chain[i];
            var recorded = row.Host ?? "";
            if (!machines.TryGetValue(recorded, out var machine))
                machines[recorded] = machine = machines.Count == 0 ? first : Another(machines.Values, chance);
            processes.Start(row, machine, begin + times[i], new InjectedStep(row.Dataset, 1, i + 1, row.Technique, row.IsWeak));
        }
    }

    /// <summary>
    /// Host and time at which a chain starts, and how long it may last. A host that is on for the whole time is preferred.
    /// </summary>
    private (Machine First, DateTimeOffset Begin, TimeSpan Room) Beginning(TimeSpan length, Chance chance)
    {
        var late = new Span(options.Start.AddHours(injection.BeginAfter(options.Hours)), options.End);
        var places = fleet
            .SelectMany(host => host.Calendar.On.Select(span => (host.Machine, Span: span.Within(late))))
            .Where(place => place.Span.Length > length)
            .ToList();

        var (machine, span) = places.Count > 0 ? chance.Pick(places) : (chance.Pick(fleet).Machine, late);
        var most = (long)(span.Length - length).TotalMilliseconds;
        var begin = span.From.AddMilliseconds(most > 0 ? chance.Between(0L, most - 1) : 0);
        return (machine, begin, span.To - begin - TimeSpan.FromMilliseconds(1));
    }

    private Machine Another(IReadOnlyCollection<Machine> taken, Chance chance)
    {
        var others = fleet.Select(host => host.Machine).Where(machine => !taken.Contains(machine)).ToList();
        return others.Count == 0 ? taken.First() : chance.Pick(others);
    }

    /// <summary>Day after day, so that the rows of a day were not seen on the days before, as long as there are others.</summary>
    private void PlayLookAlikes(IReadOnlyList<InjectedRow> rows)
    {
        var draw = new EvenDraw<InjectedRow>(rows, Chance.For(options.Seed, "look-alikes"));
        var hosts = fleet
            .Select(host => (host.Machine, host.Calendar, Chance: Chance.For(options.Seed, "look-alikes", host.Machine.Host.Name)))
            .ToList();
        for (var from = options.Start; from < options.End; from += Day)
        {
            var day = new Span(from, from + Day);
            foreach (var (machine, calendar, chance) in hosts)
            {
                var on = calendar.On.Select(span => span.Within(day)).Where(span => !span.IsEmpty).ToList();
                for (var i = 0; i < injection.Rate && on.Count > 0; i++) Place(draw.Next(), machine, chance.Pick(on).Some(chance), chance);
            }
        }
    }

    private static void Place(InjectedRow row, Machine machine, DateTimeOffset time, Chance chance) => new InjectedProcesses(chance)
        .Start(row, machine, time, new InjectedStep(row.Dataset, 0, null, row.Technique, IsWeak: false));
}
