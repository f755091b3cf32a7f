using System.Text.Json;
using Changeling.Core.Tests.Clusters;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Findings;
using Changeling.Pipeline;
using Changeling.Rules;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>What <c>Detections:Alerts</c> marks, with the pipeline and the cluster rules as the app has them.</summary>
public class AlertKindTests
{
    private static readonly TelemetryMessage Malicious =
        Message(10_000, Record("services.exe", "certutil.exe", "certutil evil", guid: "{1}"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AlertKind.Incidents, false)]
    [InlineData(AlertKind.Findings, true)]
    [InlineData(AlertKind.Both, true)]
    public async Task A_finding_is_sent_whatever_is_an_alert_and_marked_where_findings_are(AlertKind alerts, bool isAlert)
    {
        var finding = await FindingAsync(alerts, DetectionFormat.Ocsf);

        Assert.Equal(
            (isAlert, "New"),
            (finding.GetProperty("is_alert").GetBoolean(), finding.GetProperty("status").GetString()));
    }

    [Theory]
    [InlineData(AlertKind.Incidents, false, "event")]
    [InlineData(AlertKind.Findings, true, "alert")]
    [InlineData(AlertKind.Both, true, "alert")]
    public async Task In_ECS_the_kind_of_event_is_what_is_marked(AlertKind alerts, bool isAlert, string kind)
    {
        var finding = await FindingAsync(alerts, DetectionFormat.Ecs);

        Assert.Equal(
            (isAlert, kind),
            (
                finding.GetProperty("changeling").GetProperty("is_alert").GetBoolean(),
                finding.GetProperty("event").GetProperty("kind").GetString()));
    }

    [Theory]
    [InlineData(AlertKind.Incidents, false)]
    [InlineData(AlertKind.Findings, true)]
    [InlineData(AlertKind.Both, true)]
    public async Task A_finding_of_a_cluster_rule_is_sent_whatever_is_an_alert_and_marked_where_findings_are(AlertKind alerts, bool isAlert)
    {
        var bench = new ClusterBench();
        await bench.AttackAsync();

        var outcome = await ClusterBench.Evaluation(bench.Store, alerts).RunAsync(RuleSet.Shipped, ExceptionList.Empty, Token);

        var sent = await ClusterBench.WaitingAsync(bench.Store);
        Assert.NotEmpty(sent);
        Assert.All(sent, found => Assert.Equal(isAlert, JsonDocument.Parse(found.Body).RootElement.GetProperty("is_alert").GetBoolean()));
        Assert.All(outcome.Found, found => Assert.Equal(isAlert, found.IsAlert));
    }

    [Fact]
    public async Task A_committed_finding_keeps_its_mark_when_the_setting_changes()
    {
        var bench = await SettledAsync(AlertKind.Findings, DetectionFormat.Ocsf);
        var before = Assert.Single((await bench.ProcessAsync(Malicious)).Detections);

        bench.Restart(settings => settings with { Alerts = AlertKind.Incidents });
        var after = Assert.Single((await bench.ProcessAsync(Malicious)).Detections);

        Assert.Equal(before.ToArray(), after.ToArray());
    }

    private static async Task<JsonElement> FindingAsync(AlertKind alerts, DetectionFormat format)
    {
        var outcome = await (await SettledAsync(alerts, format)).ProcessAsync(Malicious);
        return JsonDocument.Parse(Assert.Single(outcome.Detections)).RootElement;
    }

    private static async Task<PipelineBench> SettledAsync(AlertKind alerts, DetectionFormat format)
    {
        var bench = new PipelineBench(settings: new PipelineSettings
        {
            EmitAfter = TimeSpan.Zero,
            Alerts = alerts,
            DetectionFormat = format,
            LaunchesPerHostAndDay = 0,
        });
        var usual = Record("services.exe", "svchost.exe");
        await bench.ProcessAsync([.. Enumerable.Range(0, 5000).Select(i => Message(i, usual, Some.Time))]);
        return bench;
    }
}
