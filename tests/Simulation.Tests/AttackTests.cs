using System.Text.RegularExpressions;
using Changeling.Simulation.Attacks;

namespace Changeling.Simulation.Tests;

public partial class AttackTests
{
    private static ILookup<string, SimulatedEvent> Chains(IEnumerable<SimulatedEvent> events) =>
        events.Where(e => e.Attack is not null).ToLookup(e => e.Attack!.Chain);

    [Fact]
    public void Without_attacks_nothing_of_the_kind_occurs()
    {
        Assert.All(Fleets.Quiet, e => Assert.Null(e.Attack));
        Assert.DoesNotContain(Fleets.Quiet, e => SignOfAttack().IsMatch(e.Event.Child.CommandLine!));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void So_many_chains_occur_as_are_asked_for(int attacks)
    {
        for (var seed = 1; seed <= 2; seed++)
        {
            var events = FleetSimulator.Run(new SimulationOptions { Hosts = 14, Hours = 12, Seed = seed, Attacks = attacks });

            Assert.Equal(attacks, Chains(events).Count);
        }
    }

    [Fact]
    public void A_fleet_of_one_workstation_can_be_attacked_too() =>
        Assert.Equal(4, Chains(FleetSimulator.Run(new SimulationOptions { Hosts = 1, Hours = 9, Attacks = 4 })).Count);

    [Fact]
    public void There_are_seven_kinds_of_chain_each_of_five_to_twelve_steps_on_one_or_two_hosts()
    {
        var chains = Chains(Fleets.Attacked);

        Assert.Equal(
            AttackPlanner.Kinds.Order(),
            chains.Select(chain => chain.Key[(chain.Key.IndexOf('-', StringComparison.Ordinal) + 1)..]).Distinct().Order());
        Assert.All(chains, chain => Assert.InRange(chain.Count(), 5, 12));
        Assert.All(chains, chain => Assert.InRange(chain.Select(e => e.HostIndex).Distinct().Count(), 1, 2));
        Assert.Equal(Fleets.Attack.Attacks, chains.Count);
    }

    [Fact]
    public void Steps_are_numbered_in_order_of_time() =>
        Assert.All(Chains(Fleets.Attacked), chain => Assert.Equal(Enumerable.Range(1, chain.Count()), chain.Select(e => e.Attack!.Order)));

    [Fact]
    public void Every_attack_comes_after_hour_eight() =>
        Assert.All(Chains(Fleets.Attacked).SelectMany(chain => chain), e => Assert.True(e.Event.Time > Fleets.Attack.Start.AddHours(8)));

    [Fact]
    public void Every_step_carries_a_technique_of_attack() =>
        Assert.All(Chains(Fleets.Attacked).SelectMany(chain => chain), e => Assert.Matches(@"^T\d{4}(\.\d{3})?$", e.Attack!.Technique));

    [Fact]
    public void Attackers_live_at_documentation_addresses_only()
    {
        var addresses = Fleets.Attacked.SelectMany(e => Address().Matches(e.Event.Child.CommandLine!))
            .Select(match => match.Value)
            .ToList();

        Assert.NotEmpty(addresses);
        Assert.All(addresses, address => Assert.Matches(@"^https?://(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$", address));
    }

    [GeneratedRegex(@"-urlcache|shadows /all|comsvcs|scrobj|DownloadString|HKLM\\SAM|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.",
        RegexOptions.IgnoreCase)]
    private static partial Regex SignOfAttack();

    [GeneratedRegex(@"https?://[0-9]+(\.[0-9]+){3}")]
    private static partial Regex Address();
}
