using Changeling.Simulation.Fleet;

namespace Changeling.Simulation.Running;

/// <summary>When a host is on, booted and used; times are whole milliseconds.</summary>
internal sealed class HostCalendar
{
    private HostCalendar(SimulationOptions options) => All = new Span(options.Start, options.End);

    /// <summary>The simulated time.</summary>
    public Span All { get; }

    public List<DateTimeOffset> Boots { get; } = [];

    public List<DateTimeOffset> Logons { get; } = [];

    public List<Span> On { get; } = [];

    public List<Span> Work { get; } = [];

    /// <summary>Local midnights of the days that the simulated time touches.</summary>
    public List<DateTimeOffset> Days { get; } = [];

    public static HostCalendar Of(SimulatedHost host, SimulationOptions options)
    {
        var chance = Chance.For(options.Seed, "calendar", host.Name);
        var calendar = new HostCalendar(options);
        calendar.AddTheDaysBefore(chance);
        for (var day = Midnight(options.Start); day < options.End; day = day.AddDays(1)) calendar.AddDay(day, host, chance);
        if (host.AlwaysOn) calendar.On.Add(calendar.All);
        return calendar;
    }

    /// <summary>Every host was booted and used before the simulation, so that parents exist from the first second.</summary>
    private void AddTheDaysBefore(Chance chance)
    {
        var boot = Midnight(All.From).AddDays(-chance.Between(1L, 9L)).AddMilliseconds(chance.Between(25_200_000L, 32_400_000L));
        Boots.Add(boot);
        Logons.Add(boot.AddMilliseconds(chance.Between(40_000L, 400_000L)));
    }

    private void AddDay(DateTimeOffset day, SimulatedHost host, Chance chance)
    {
        Days.Add(day);
        var arrival = day.AddMilliseconds(chance.Between(26_100_000L, 33_300_000L));
        var leaving = arrival.AddMilliseconds(chance.Between(29_700_000L, 35_100_000L));
        var work = new Span(arrival, leaving).Within(All);
        if (!work.IsEmpty) Work.Add(work);
        if (host.IsServer) return;

        if (!host.AlwaysOn) AddBoot(arrival, leaving, chance);
        else if (chance.Happens(0.15)) Logons.Add(arrival);
    }

    private void AddBoot(DateTimeOffset arrival, DateTimeOffset leaving, Chance chance)
    {
        var boot = arrival.AddMilliseconds(-chance.Between(60_000L, 300_000L));
        Boots.Add(boot);
        Logons.Add(arrival);
        var on = new Span(boot, leaving.AddMilliseconds(chance.Between(60_000L, 900_000L))).Within(All);
        if (!on.IsEmpty) On.Add(on);
    }

    private static DateTimeOffset Midnight(DateTimeOffset time) => new(time.Year, time.Month, time.Day, 0, 0, 0, TimeSpan.Zero);
}
