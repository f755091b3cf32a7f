using Changeling.Backtest.Gathering;
using Changeling.Backtest.Thresholds;

namespace Changeling.Backtest.Tests;

/// <summary>What thresholds of the incidents' score give, and which one keeps within a budget.</summary>
public sealed class IncidentTableTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 3, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void With_attacks_the_threshold_finds_most_of_them_with_fewest_false_alerts_and_moves_no_further_than_it_must()
    {
        IncidentCandidate[] incidents = [Of(0.9, chain: "one"), Of(0.3, chain: "two"), Of(0.29), Of(0.4), Of(0.2)];

        var chosen = Table(incidents, hasTruth: true).Within(alertsPerDay: 1, present: 0.5, Start.AddDays(1))!;

        Assert.Equal((0.3, 2, 1, 2), (chosen.Threshold, chosen.Alerts + chosen.FalseAlerts - 2, chosen.FalseAlerts, chosen.AttacksFound));
    }

    [Fact]
    public void Where_nothing_is_gained_the_present_threshold_stays()
    {
        var chosen = Table([Of(0.9, chain: "one"), Of(0.1)], hasTruth: true).Within(alertsPerDay: 5, present: 0.5, Start.AddDays(1))!;

        Assert.Equal(0.5, chosen.Threshold);
    }

    [Fact]
    public void Without_attacks_the_budget_is_used_up_on_both_halves()
    {
        IncidentCandidate[] incidents =
        [
            Of(0.9, hours: 2), Of(0.8, hours: 3), Of(0.7, hours: 40), Of(0.65, hours: 41), Of(0.2, hours: 4), Of(0.2, hours: 42),
        ];

        var chosen = Table(incidents, hasTruth: false).Within(alertsPerDay: 2, present: 0.5, Start.AddDays(1))!;

        Assert.Equal((0.5, 4), (chosen.Threshold, chosen.Alerts));
    }

    [Fact]
    public void A_budget_below_what_the_highest_threshold_gives_cannot_be_kept()
    {
        Assert.Null(Table([Of(0.999), Of(0.999)], hasTruth: false).Within(alertsPerDay: 0.5, present: 0.5, Start.AddDays(1)));
    }

    [Fact]
    public void An_incident_belongs_to_the_day_on_which_it_reached_the_threshold()
    {
        var grew = new IncidentCandidate([new(0.3, Start.AddHours(1)), new(0.8, Start.AddHours(30))], [], 0, 0);
        var first = new IncidentTable([grew], days: 1, hosts: 10, hasTruth: false) { Until = Start.AddDays(1) };
        var second = new IncidentTable([grew], days: 1, hosts: 10, hasTruth: false) { From = Start.AddDays(1) };

        Assert.Equal((1, 0), (first.At(0.3).Alerts, second.At(0.3).Alerts));
        Assert.Equal((0, 1), (first.At(0.5).Alerts, second.At(0.5).Alerts));
    }

    private static IncidentTable Table(IncidentCandidate[] incidents, bool hasTruth) => new(incidents, days: 2, hosts: 100, hasTruth);

    private static IncidentCandidate Of(double score, double hours = 1, string? chain = null) =>
        new([new(score, Start.AddHours(hours))], chain is null ? [] : [chain], chain is null ? 0 : 1, 0);
}
