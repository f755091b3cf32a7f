using Changeling.Counts;
using Changeling.Simulation.Fleet;
using CsCheck;

namespace Changeling.Simulation.Tests;

public class FleetSimulatorTests
{
    [Fact]
    public void Host_by_host_gives_the_same_starts_as_all_at_once()
    {
        var options = new SimulationOptions { Hosts = 6, Hours = 10, Attacks = 0 };

        var byHost = FleetSimulator.HostByHost(options).SelectMany(host => host).OrderBy(e => e.Event.Time).ThenBy(e => e.HostIndex);

        Assert.Equal(FleetSimulator.Run(options).Select(e => e.Event), byHost.Select(e => e.Event));
        Assert.Throws<ArgumentException>(() => FleetSimulator.HostByHost(options with { Attacks = 1 }));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        var options = Fleets.Small with { Format = SimulationOptions.MixedFormats };

        Assert.Equal(Fleets.Digest(options), Fleets.Digest(options));
    }

    [Fact]
    public void Another_seed_gives_other_bytes() =>
        Assert.NotEqual(Fleets.Digest(Fleets.Small), Fleets.Digest(Fleets.Small with { Seed = 2 }));

    [Fact]
    public void With_distinct_command_lines_the_same_starts_have_one_each_and_children_name_that_of_their_parent()
    {
        var options = Fleets.Small with { Format = SimulationOptions.MixedFormats };

        var usual = FleetSimulator.Run(options);
        var distinct = FleetSimulator.Run(options with { HasDistinctCommandLines = true });

        var lines = distinct.Select(e => e.Event.Child.CommandLine).OfType<string>().ToList();
        Assert.Equal(usual.Select(e => (e.Event.Time, e.Event.Child.Name)), distinct.Select(e => (e.Event.Time, e.Event.Child.Name)));
        Assert.Equal(lines.Count, lines.Distinct(StringComparer.Ordinal).Count());
        Assert.True(lines.Count > 0.9 * usual.Count);
        var parents = distinct.Select(e => e.Event.Parent?.CommandLine).OfType<string>().ToList();
        Assert.Contains(parents, lines.Contains);
        Assert.All(parents, line => Assert.Contains(" /session:", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_larger_fleet_begins_with_the_smaller_one()
    {
        var small = FleetSimulator.Run(new SimulationOptions { Hosts = 3, Hours = 6, Attacks = 0 });
        var large = FleetSimulator.Run(new SimulationOptions { Hosts = 9, Hours = 6, Attacks = 0 });

        Assert.Equal(small.Select(e => e.Event.SourceIdentity), large.Where(e => e.HostIndex < 3).Select(e => e.Event.SourceIdentity));
    }

    [Fact]
    public void An_attack_changes_no_habit() =>
        Assert.Equal(
            Fleets.Quiet.Select(Sight),
            Fleets.Default.Where(e => e.Attack is null && e.Launch.Parent?.Attack is null).Select(Sight));

    [Fact]
    public void Whatever_is_asked_for_events_are_in_order_within_the_time_and_after_their_parents() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 30], Gen.Int[0, 50], Gen.Int[0, 23], (hosts, hours, seed, hour) => new SimulationOptions
        {
            Hosts = hosts,
            Hours = hours,
            Seed = seed,
            Attacks = hours < 9 ? 0 : seed % 4,
            Start = new DateTimeOffset(2026, 11, 2, hour, 0, 0, TimeSpan.Zero),
            Format = SimulationOptions.Formats[seed % SimulationOptions.Formats.Count],
        }).Sample(AssertConsistent, iter: 12, threads: 1);

    [Theory]
    [InlineData(HostRole.OfficeWorkstation, 150, 450)]
    [InlineData(HostRole.DeveloperWorkstation, 250, 700)]
    [InlineData(HostRole.AdminWorkstation, 200, 500)]
    [InlineData(HostRole.WebServer, 400, 1_000)]
    [InlineData(HostRole.FileServer, 400, 1_000)]
    [InlineData(HostRole.DatabaseServer, 400, 1_000)]
    [InlineData(HostRole.DomainController, 400, 1_000)]
    public void A_host_starts_a_plausible_number_of_processes_a_day(HostRole role, int least, int most)
    {
        var hosts = Fleets.Quiet.Where(e => e.Role == role).GroupBy(e => e.HostIndex).ToList();

        Assert.NotEmpty(hosts);
        Assert.All(hosts, host => Assert.InRange(host.Count(), least, most));
    }

    [Fact]
    public void A_fleet_of_forty_makes_ten_to_twenty_thousand_events_a_day()
    {
        Assert.InRange(Fleets.Quiet.Count, 10_000, 20_000);
        Assert.Equal(40, Fleets.Quiet.Select(e => e.HostIndex).Distinct().Count());
    }

    [Fact]
    public void Some_harmless_lineages_are_rare_and_they_are_a_small_part_of_all_launches()
    {
        var rare = Fleets.Quiet.GroupBy(e => Lineage.Of(e.Event.Parent!.Name, e.Event.Child.Name))
            .Where(launches => launches.Count() <= 3)
            .ToList();

        Assert.InRange(rare.Count, 20, 200);
        Assert.InRange(rare.Sum(launches => launches.Count()) / (double)Fleets.Quiet.Count, 0.001, 0.02);
    }

    [Fact]
    public void People_work_by_day()
    {
        var documents = Fleets.Quiet.Where(e => e.Event.Child.Name is "winword.exe" or "excel.exe").ToList();

        Assert.NotEmpty(documents);
        Assert.All(documents, e => Assert.InRange(e.Event.Time.Hour, 7, 19));
    }

    private static void AssertConsistent(SimulationOptions options)
    {
        var events = FleetSimulator.Run(options);
        var starts = events.ToDictionary(e => e.Launch, e => e);
        Assert.Equal(events.Select(e => e.Event.Time).Order(), events.Select(e => e.Event.Time));
        Assert.All(events, e => Assert.True(e.Event.Time >= options.Start && e.Event.Time < options.Start.AddHours(options.Hours)));
        Assert.Equal(events.Count, events.Select(e => e.Event.SourceIdentity).Distinct().Count());
        foreach (var e in events)
        {
            var parent = e.Launch.Parent!;
            Assert.True(parent.Time < e.Launch.Time);
            Assert.Equal(parent.Pid, e.Event.Parent!.Pid);
            if (!starts.TryGetValue(parent, out var earlier)) continue;
            Assert.Equal(earlier.HostIndex, e.HostIndex);
            Assert.Equal(earlier.Event.Child.Guid, e.Event.Parent.Guid);
        }
    }

    private static string Sight(SimulatedEvent e) => $"{e.HostIndex} {e.Event.Time:O} {e.Event.Child.CommandLine}";
}
