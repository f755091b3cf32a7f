using System.Text.Json;
using Changeling.Backtest.Reports;
using Changeling.Findings;
using Changeling.Rules;
using Changeling.Simulation;

namespace Changeling.Backtest.Tests;

/// <summary>A simulated fleet with attacks, and its backtest with incidents; made once for all tests.</summary>
public sealed class IncidentHistory : IAsyncLifetime
{
    internal SimulatedHistory History { get; } = new(new SimulationOptions { Hosts = 12, Hours = 44, Attacks = 16 });

    internal BacktestReport Report { get; private set; } = null!;

    internal IReadOnlyList<JsonElement> Messages { get; private set; } = [];

    internal IReadOnlyList<JsonElement> Findings { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await using (var output = File.Create(History.Folder["sent.jsonl"]))
            Report = await RunAsync(History.Options(learningHours: 12), output);
        var sent = File.ReadLines(History.Folder["sent.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Messages = [.. sent.Where(s => s.GetProperty("class_uid").GetInt32() == DetectionEnvelope.IncidentClassUid)];
        Findings = [.. sent.Where(s => s.GetProperty("class_uid").GetInt32() == DetectionEnvelope.FindingClassUid)];
    }

    internal Task<BacktestReport> RunAsync(BacktestOptions options, FileStream? output = null) =>
        RunAsync(options, DecisionThresholds.IncidentOfFewHosts, output);

    internal Task<BacktestReport> RunAsync(BacktestOptions options, double threshold, FileStream? output = null) =>
        new BacktestRun(
            options, SimulatedHistory.Snapshot(RuleSet.Shipped.With([new DecisionThresholds(Incident: threshold)])), History.Truth, output)
            .RunAsync(new HeardProgress(), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        History.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>What a backtest with incidents says, against what it sends and against other runs.</summary>
public sealed class IncidentHistoryTests(IncidentHistory history) : IClassFixture<IncidentHistory>
{
    private BacktestReport Report => history.Report;

    [Fact]
    public void An_incident_is_one_alert_however_many_messages_it_has()
    {
        var alerts = history.Messages.Where(IsAlert).GroupBy(Incident).Where(g => !g.Any(IsJoined))
            .ToDictionary(g => g.Key, g => g.ToList());

        Assert.Contains(alerts.Values, messages => messages.Count > 1);
        Assert.Equal(alerts.Keys.Order(StringComparer.Ordinal), Report.Detections.Select(d => d.Uid).Order(StringComparer.Ordinal));
        Assert.Equal(alerts.Count, Report.Alerts);
        Assert.Equal(alerts.Count, Report.Days.Sum(d => d.Alerts));
        Assert.Equal(Report.FalseAlerts, Report.Days.Sum(d => d.FalseAlerts));
    }

    [Fact]
    public void Incidents_of_the_learning_period_are_notes()
    {
        var noted = history.Messages.GroupBy(Incident).Count(g => !g.Any(IsAlert) && !g.Any(IsJoined));

        Assert.NotEqual(0, noted);
        Assert.Equal((noted, noted), (Report.Notes, Report.Days.Sum(d => d.Notes)));
    }

    [Fact]
    public void An_incident_of_the_report_says_what_its_last_message_says()
    {
        var last = history.Messages.GroupBy(Incident).ToDictionary(g => g.Key, g => g.Last());
        Assert.All(Report.Detections, alert =>
        {
            var (incident, message) = (alert.Incident!, last[alert.Uid]);
            var data = message.GetProperty("unmapped").GetProperty("changeling");
            Assert.Equal(data.GetProperty("score").GetDouble(), incident.Score);
            Assert.Equal(data.GetProperty("hosts").EnumerateArray().Select(h => h.GetString()), incident.Hosts);
            Assert.Equal(data.GetProperty("steps").GetInt32(), incident.Steps.Count + incident.LeftOut);
            Assert.Equal(data.GetProperty("findings").GetInt32(), incident.Steps.Count(s => s.IsFinding));
            Assert.Equal(data.GetProperty("revision").GetInt32(), incident.Messages);
            Assert.Equal(data.GetProperty("status").GetString() == "closed", incident.Closed is not null);
            Assert.Equal(
                data.GetProperty("created").GetDateTimeOffset().ToUnixTimeMilliseconds(), incident.Created.ToUnixTimeMilliseconds());
            Assert.Equal(message.GetProperty("severity").GetString(), incident.Severity);
            Assert.Equal(message.GetProperty("risk_score").GetInt32(), incident.Risk);
        });
        Assert.Contains(Report.Detections, d => d.Incident!.Closed is not null);
    }

    [Fact]
    public void Messages_and_findings_leave_in_order_of_time()
    {
        var times = history.Messages.Select(m => m.GetProperty("time").GetInt64()).ToList();

        Assert.Equal(times.Order(), times);
        Assert.All(history.Findings, finding => Assert.False(IsAlert(finding)));
    }

    [Fact]
    public void An_attack_is_found_when_one_of_its_launches_is_a_step_of_an_alert()
    {
        var alerted = Report.Detections.SelectMany(d => d.Incident!.Steps, (d, step) => (Step: step.Uid, d.Uid))
            .ToLookup(s => s.Step, s => s.Uid);
        var chains = history.History.Truth.Steps.GroupBy(s => s.Chain!).ToDictionary(
            g => g.Key, g => g.SelectMany(s => alerted[DetectionId.Of(s.Identity!).ToString()]).Distinct().ToList());

        Assert.Equal(
            chains.Where(c => c.Value.Count > 0).Select(c => c.Key).Order(StringComparer.Ordinal),
            Report.Chains!.Where(c => c.IsFound).Select(c => c.Chain));
        Assert.NotEqual(0, Report.AttacksFound);
        Assert.All(Report.Chains!, c => Assert.Equal(chains[c.Chain].Count, c.Incidents));
        var trueOnes = chains.Values.SelectMany(uids => uids).Distinct().Count();
        Assert.Equal(Report.Alerts - trueOnes, Report.FalseAlerts);
        Assert.Equal(trueOnes, Report.Detections.Count(d => d.Chain is not null));
    }

    [Fact]
    public void The_share_of_an_attack_is_of_its_launches_that_were_reported_after_the_learning_period()
    {
        var learnt = Report.History.LearningUntil!.Value.AddHours(1); // each partition learns from its own first event
        var reported = history.Findings.Where(f => Time(f) >= learnt)
            .Select(f => f.GetProperty("metadata").GetProperty("uid").GetString()).ToHashSet();
        var compared = 0;
        foreach (var chain in Report.Chains!.Where(c => c.IsFound && c.Begin >= learnt))
        {
            var findings = history.History.Truth.Steps.Where(s => s.Chain == chain.Chain)
                .Select(s => DetectionId.Of(s.Identity!).ToString()).Where(reported.Contains).Distinct().ToList();
            var held = Report.Detections.Max(d => findings.Count(uid => d.Incident!.Steps.Any(s => s.Uid == uid)));
            Assert.Equal(findings.Count, chain.AlertableSteps);
            if (findings.Count == 0) continue;
            Assert.InRange(chain.ShareOfSteps!.Value, Math.Round((double)held / findings.Count, 4), 1); // repeated steps are held too
            Assert.InRange(chain.SecondsFromFirstFinding!.Value, 0, chain.SecondsToDetect!.Value);
            compared++;
        }

        Assert.NotEqual(0, compared);
        Assert.InRange(Report.MedianShareOfSteps!.Value, 0.01, 1);
    }

    [Theory]
    [InlineData(0.15)]
    [InlineData(0.5)]
    [InlineData(0.85)]
    public async Task A_threshold_of_the_table_gives_what_a_run_with_it_sends(double threshold)
    {
        var promised = Report.IncidentThresholds.Single(c => c.Threshold.Equals(threshold));

        var run = await history.RunAsync(history.History.Options(learningHours: 12), threshold);

        Assert.Equal(
            (run.Alerts, run.AttacksFound, run.FalseAlerts, run.StepsFound),
            (promised.Alerts, promised.AttacksFound, promised.FalseAlerts, promised.StepsFound));
        Assert.Equal(run.Workload, promised.Workload);
        Assert.Equal(Report.IncidentThresholds.Select(c => c.Alerts), run.IncidentThresholds.Select(c => c.Alerts));
    }

    [Fact]
    public void A_lower_threshold_never_gives_fewer_incidents()
    {
        var alerts = Report.IncidentThresholds.Select(c => c.Alerts).ToList();

        Assert.Equal(alerts.OrderDescending(), alerts);
        Assert.True(alerts[0] > alerts[^1]);
    }

    [Fact]
    public void Work_is_ten_minutes_an_alert()
    {
        var (work, days) = (Report.Workload!, Report.History.DaysAfterLearning);

        Assert.Equal(Report.Alerts / days, work.AlertsPerDay, 0.002);
        Assert.Equal(1000 * Report.Alerts / days / Report.History.Hosts, work.AlertsPer1000HostsAndDay!.Value, 0.05);
        Assert.Equal(Report.Alerts / days / 6, work.HoursPerDay, 0.002);
    }

    [Fact]
    public async Task With_both_the_alerts_are_those_of_both_runs()
    {
        var findings = await history.RunAsync(history.History.Options(learningHours: 12, alerts: AlertKind.Findings));
        var both = await history.RunAsync(history.History.Options(learningHours: 12, alerts: AlertKind.Both));

        Assert.Equal(
            findings.Detections.Concat(Report.Detections).Select(d => d.Uid).Order(StringComparer.Ordinal),
            both.Detections.Select(d => d.Uid).Order(StringComparer.Ordinal));
        Assert.Equal(findings.Days.Sum(d => d.Alerts) + Report.Alerts, both.Days.Sum(d => d.Alerts));
        Assert.Equal(findings.Thresholds, both.Thresholds);
        Assert.Equal(Report.IncidentThresholds, both.IncidentThresholds);
        Assert.Equal((findings.Notes + Report.Notes, findings.FalseAlerts + Report.FalseAlerts), (both.Notes, both.FalseAlerts));
    }

    [Fact]
    public async Task People_look_first_at_findings_of_alerted_incidents_only()
    {
        var none = await history.RunAsync(history.History.Options(learningHours: 12) with { Files = Quiet() }, 0.99);

        var launches = Report.Detections.SelectMany(d => d.Incident!.Steps).Sum(s => s.Count);
        Assert.All(Report.LookFirst, row => Assert.InRange(row.Findings, 1, launches));
        Assert.Empty(none.LookFirst);
        Assert.NotEqual(0, none.Findings);
    }

    /// <summary>The fleet without its attackers.</summary>
    private IReadOnlyList<RecordedFiles.RecordedFile> Quiet()
    {
        using var quiet = new SimulatedHistory(new SimulationOptions { Hosts = 12, Hours = 44, Attacks = 0 });
        history.History.Folder.Write("quiet.jsonl", quiet.Folder.Read(SimulatedHistory.File));
        return [RecordedFiles.RecordedFile.OnDisk(history.History.Folder["quiet.jsonl"])];
    }

    private static DateTimeOffset Time(JsonElement finding) =>
        DateTimeOffset.FromUnixTimeMilliseconds(finding.GetProperty("time").GetInt64());

    private static bool IsAlert(JsonElement message) => message.GetProperty("is_alert").GetBoolean();

    private static bool IsJoined(JsonElement message) =>
        message.GetProperty("unmapped").GetProperty("changeling").TryGetProperty("joined_to", out _);

    private static string Incident(JsonElement message) => message.GetProperty("metadata").GetProperty("correlation_uid").GetString()!;
}
