using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.Cli.Detections;
using Changeling.TestSupport;
using Changeling.TestSupport.Contract;

namespace Changeling.Cli.Tests.Demo;

public sealed partial class DefaultDemoTests(DefaultDemo demo) : IClassFixture<DefaultDemo>
{
    [Fact]
    public void It_succeeds()
    {
        demo.Outcome.Succeeded();
        Assert.Empty(demo.Outcome.Errors);
    }

    [Fact]
    public void The_simulated_attack_is_among_the_alerts()
    {
        var attack = demo.Truth.Select(step => step.GetProperty("identity").GetString()).ToHashSet();

        var alerts = Alerts();

        Assert.NotEmpty(attack);
        Assert.Contains(alerts, alert => attack.Contains(alert.GetProperty("metadata").GetProperty("original_event_uid").GetString()));
    }

    [Fact]
    public void Every_alert_is_one_line_with_its_launch_and_the_rule_that_leads()
    {
        var lines = demo.Outcome.Output.Split('\n');

        Assert.NotEmpty(Alerts());
        Assert.All(Alerts(), alert =>
        {
            var finding = FindingView.TryRead(alert)!;
            var start = $"{finding.Time:MM-dd HH:mm:ss}  {finding.Severity.ToLowerInvariant()} alert";

            Assert.Contains(lines, line =>
                line.StartsWith(start, StringComparison.Ordinal)
                && line.Contains($"  {Shortened.Host(finding.Host)}  {finding.Parent} -> ", StringComparison.Ordinal)
                && line.Contains($" | {finding.Rules[0].Title}", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void The_findings_are_in_order_of_time_and_fit_a_line()
    {
        var lines = demo.Outcome.Output.Split('\n').Where(line => FindingLine().IsMatch(line)).ToList();

        Assert.NotEmpty(lines);
        Assert.Equal(lines.Select(line => line[..14]).Order(StringComparer.Ordinal), lines.Select(line => line[..14]));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, Look.PipeWidth));
    }

    [Fact]
    public async Task All_that_the_app_emitted_is_valid_by_the_published_schema_and_by_OCSF()
    {
        Assert.NotEmpty(demo.Detections);
        Assert.Empty(await DetectionSchema.FaultsAsync(demo.Detections.Select(d => d.GetRawText()), TestContext.Current.CancellationToken));
        Assert.All(demo.Detections, detection => Assert.Empty(OcsfFacts.Version180.Faults(detection)));
    }

    [Fact]
    public void The_detection_that_ships_as_a_sample_is_among_them()
    {
        var sample = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("samples", "detection.json"))).RootElement;

        Assert.Contains(Id(sample), Alerts().Select(Id));
    }

    [Fact]
    public void What_is_no_terminal_gets_no_escape_sequence()
    {
        Assert.NotEmpty(demo.Outcome.Output);
        Assert.DoesNotContain('\u001b', demo.Outcome.Output);
    }

    [Fact]
    public void Nothing_that_it_started_still_runs() => Assert.Empty(demo.LeftBehind);

    [GeneratedRegex(@"^\d\d-\d\d \d\d:\d\d:\d\d  (low|medium|high|critical) ")]
    private static partial Regex FindingLine();

    private static string Id(JsonElement detection) => detection.GetProperty("finding_info").GetProperty("uid").GetString()!;

    private List<JsonElement> Alerts() => [.. demo.Detections.Where(detection => detection.GetProperty("is_alert").GetBoolean())];
}
