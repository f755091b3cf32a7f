using Changeling.Backtest.Reports;
using Changeling.Sources;

namespace Changeling.Backtest.Tests;

/// <summary>What changed between two reports.</summary>
public sealed class ComparisonTests
{
    [Fact]
    public void An_incident_that_begins_with_another_launch_is_the_same_where_a_step_is_the_same()
    {
        var before = Report(Incident("i1", "a", "b"), Incident("i2", "c"));
        var after = Report(Incident("i3", "b", "d"), Incident("i4", "e"));

        var comparison = Comparison.Of(before, after);

        Assert.Equal(["i4"], comparison.Gained.Select(d => d.Uid));
        Assert.Equal(["i2"], comparison.Lost.Select(d => d.Uid));
    }

    [Fact]
    public void A_finding_is_not_taken_for_the_incident_that_it_is_a_step_of()
    {
        var comparison = Comparison.Of(Report(Finding("a")), Report(Incident("i1", "a")));

        Assert.Equal(["i1"], comparison.Gained.Select(d => d.Uid));
        Assert.Equal(["a"], comparison.Lost.Select(d => d.Uid));
    }

    [Fact]
    public void A_report_of_an_older_layout_is_named_as_such()
    {
        var fault = Assert.Throws<InvalidDataException>(
            () => BacktestReport.Read("old.json", """{"schema":"changeling.backtest/2","alerts":3}"""u8));

        Assert.Contains("old.json has the layout changeling.backtest/2", fault.Message, StringComparison.Ordinal);
    }

    private static DetectionReport Finding(string uid) => new(uid, ["rule"], default, "ws-1", "a > b", 0.9, null, null);

    private static DetectionReport Incident(string uid, params string[] steps) => Finding(uid) with
    {
        Incident = new(
            uid, default, null, ["ws-1"], [], 0.9, "High", 80,
            [.. steps.Select(s => new IncidentStepReport(s, default, "ws-1", "a > b", [], 0.9, null, 0.5, false, 1, null))], 0),
    };

    private static BacktestReport Report(params DetectionReport[] alerts) => new()
    {
        AlertKind = "incidents",
        Model = new("m", "", 0.5, 82, "p"),
        History = new(1, 1, 1, 1, 1, null, null, null, 1, 24, 4),
        Alerts = alerts.Length,
        Notes = 0,
        DetectionsPerDay = null,
        Rules = new Dictionary<string, int>(),
        Days = [],
        TopLineages = [],
        TopHosts = [],
        Thresholds = [],
        Sources = SourceReport.Of(new SourceHealth().ToReport(), lateEvents: 0),
        Detections = alerts,
    };
}
