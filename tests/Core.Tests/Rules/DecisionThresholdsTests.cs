using Changeling.Rules;
using CsCheck;

namespace Changeling.Core.Tests.Rules;

/// <summary>The threshold of incidents by the size of the fleet.</summary>
public sealed class DecisionThresholdsTests
{
    [Theory]
    [InlineData(0, 0.55)]
    [InlineData(20, 0.55)]
    [InlineData(100, 0.55)]
    [InlineData(200, 0.5)]
    [InlineData(500, 0.43)]
    [InlineData(2_000, 0.33)]
    [InlineData(100_000, 0.33)]
    public void A_small_fleet_needs_more_evidence(int hosts, double expected) =>
        Assert.Equal(expected, DecisionThresholds.UsualIncident(hosts), 0.005);

    [Fact]
    public void More_hosts_never_raise_it_and_an_error_of_the_estimate_moves_it_little() => Gen.Int[0, 5_000].Sample(hosts =>
    {
        var (less, more) = (DecisionThresholds.UsualIncident(hosts), DecisionThresholds.UsualIncident(hosts + (hosts / 7)));
        Assert.InRange(less - more, 0, 0.03);
    });

    [Fact]
    public void A_threshold_that_a_team_has_chosen_holds_for_every_size() => Assert.Equal(
        [0.6, 0.6, 0.6], new[] { 0, 100, 5_000 }.Select(hosts => new DecisionThresholds(Incident: 0.6).IncidentIn(hosts)));
}
