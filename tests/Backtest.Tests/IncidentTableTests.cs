using Changeling.Backtest.Gathering;
using Changeling.Backtest.Thresholds;
using CsCheck;

namespace Changeling.Backtest.Tests;

/// <summary>What thresholds of the incidents' score give, and which one keeps within a budget.</summary>
public sealed class IncidentTableTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 3, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void With_attacks_the_threshold_finds_most_of_them_with_fewest_false_alerts_and_moves_no_further_than_it_must()
    {
        IncidentCandidate[] incidents =
        [
            Of(0.9, chain: "one"), Of(0.3, chain: "two"), Of(0.29, hours: 30), Of(0.4, hours: 30), Of(0.2, hours: 30),
        ];

        var chosen = Table(incidents, hasTruth: true).Within(alertsPerDay: 1, present: 0.5)!;

        Assert.Equal((0.3, 2, 1, 2), (chosen.Threshold, chosen.Alerts + chosen.FalseAlerts - 2, chosen.FalseAlerts, chosen.AttacksFound));
    }

    [Fact]
    public void Where_nothing_is_gained_the_present_threshold_stays()
    {
        var chosen = Table([Of(0.9, chain: "one"), Of(0.1)], hasTruth: true).Within(alertsPerDay: 5, present: 0.5)!;

        Assert.Equal(0.5, chosen.Threshold);
    }

    [Fact]
    public void Without_attacks_the_budget_is_used_up_by_the_newest_half_and_the_first_half_has_as_much()
    {
        IncidentCandidate[] incidents =
        [
            Of(0.9, hours: 2), Of(0.8, hours: 3), Of(0.7, hours: 40), Of(0.65, hours: 41), Of(0.2, hours: 4), Of(0.2, hours: 42),
        ];

        var chosen = Table(incidents, hasTruth: false).Within(alertsPerDay: 2, present: 0.5)!;

        Assert.Equal((0.5, 4), (chosen.Threshold, chosen.Alerts));
    }

    [Fact]
    public void A_loud_beginning_does_not_count_against_a_budget_for_the_days_after_the_history()
    {
        IncidentCandidate[] incidents =
        [
            .. Enumerable.Repeat(Of(0.6, hours: 3), 9), Of(0.6, hours: 30), Of(0.7, hours: 31), Of(0.4, hours: 32), Of(0.4, hours: 33),
        ];

        var chosen = Table(incidents, hasTruth: false).Within(alertsPerDay: 2, present: 0.5)!;

        Assert.Equal((11, 5.5, 2), (chosen.Alerts, chosen.Workload!.AlertsPerDay, chosen.Expected!.AlertsPerDay));
    }

    [Fact]
    public void With_attacks_only_false_incidents_are_expected_to_come_again()
    {
        var table = Table([Of(0.9, hours: 30, chain: "one"), Of(0.8, hours: 31), Of(0.8, hours: 32)], hasTruth: true);

        Assert.Equal((3, 2), (table.At(0.5).Alerts, table.At(0.5).Expected!.AlertsPerDay));
    }

    [Fact]
    public void A_threshold_that_a_budget_gets_keeps_within_it_and_uses_as_much_of_it_as_any_can() => Gen.Select(
        Gen.Double[0.05, 0.99].Select(Gen.Double[0, 47.9]).Array[0, 60], Gen.Double[0.2, 20]).Sample((incidents, budget) =>
    {
        var table = Table([.. incidents.Select(i => Of(i.Item1, i.Item2))], hasTruth: false);

        var chosen = table.Within(budget, present: 0.5);

        var all = Enumerable.Range(5, 95).Select(hundredths => table.At(hundredths / 100.0).Expected!.AlertsPerDay)
            .Where(expected => expected <= budget).ToList();
        Assert.Equal(all.Count > 0, chosen is not null);
        if (chosen is not null) Assert.InRange(chosen.Expected!.AlertsPerDay, Math.Min(0.9 * budget, all.Max()), budget);
    });

    [Fact]
    public void A_budget_below_what_the_highest_threshold_gives_cannot_be_kept()
    {
        Assert.Null(Table([Of(0.999, hours: 30), Of(0.999, hours: 31)], hasTruth: false).Within(alertsPerDay: 0.5, present: 0.5));
    }

    [Fact]
    public void An_incident_belongs_to_the_day_on_which_it_reached_the_threshold()
    {
        var grew = new IncidentCandidate([new(0.3, Start.AddHours(1)), new(0.8, Start.AddHours(30))], [], 0, 0);
        var first = new IncidentTable([grew], Start, days: 1, hosts: 10, hasTruth: false) { Until = Start.AddDays(1) };
        var second = new IncidentTable([grew], Start.AddDays(1), days: 1, hosts: 10, hasTruth: false);

        Assert.Equal((1, 0), (first.At(0.3).Alerts, second.At(0.3).Alerts));
        Assert.Equal((0, 1), (first.At(0.5).Alerts, second.At(0.5).Alerts));
    }

    private static IncidentTable Table(IncidentCandidate[] incidents, bool hasTruth) =>
        new(incidents, Start, days: 2, hosts: 100, hasTruth);

    private static IncidentCandidate Of(double score, double hours = 1, string? chain = null) =>
        new([new(score, Start.AddHours(hours))], chain is null ? [] : [chain], chain is null ? 0 : 1, 0);
}
