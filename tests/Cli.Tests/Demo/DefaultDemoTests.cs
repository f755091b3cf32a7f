using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.Cli.Demo;
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
    public void Every_alert_stands_in_the_list_with_its_launch_and_below_it_its_rules()
    {
        var lines = demo.Outcome.Output.Split('\n');

        Assert.NotEmpty(Alerts());
        Assert.All(Alerts(), alert =>
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(alert.GetProperty("start_time").GetInt64());
            var process = alert.GetProperty("evidences")[0].GetProperty("process");
            var start = $"{time:MM-dd HH:mm:ss}  {alert.GetProperty("severity").GetString()!.ToLowerInvariant()} alert";
            var launch = $"  {alert.GetProperty("device").GetProperty("hostname").GetString()}  {process.GetProperty("parent_process").GetProperty("name").GetString()} → ";
            var info = alert.GetProperty("finding_info");

            Assert.Contains(lines.Index(), line =>
                line.Item.StartsWith(start, StringComparison.Ordinal)
                && line.Item.Contains(launch, StringComparison.Ordinal)
                && lines[line.Index + 1].Contains(info.GetProperty("title").GetString()!, StringComparison.Ordinal)
                && lines[line.Index + 1].Contains(
                    info.GetProperty("attacks")[0].GetProperty("technique").GetProperty("uid").GetString()!, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void The_findings_are_in_order_of_time_and_fit_a_line()
    {
        var lines = demo.Outcome.Output.Split('\n');
        var firsts = lines.Where(line => FirstLine().IsMatch(line)).ToList();

        Assert.NotEmpty(firsts);
        Assert.Equal(firsts.Select(line => line[..14]).Order(StringComparer.Ordinal), firsts.Select(line => line[..14]));
        Assert.All(
            lines.Index().Where(line => FirstLine().IsMatch(line.Item)),
            line => Assert.All(lines[line.Index..(line.Index + 2)], shown => Assert.InRange(shown.Length, 1, FindingList.MaxWidth)));
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

    [GeneratedRegex(@"^\d\d-\d\d \d\d:\d\d:\d\d  (low|medium|high|critical) (alert|note) ")]
    private static partial Regex FirstLine();

    private static string Id(JsonElement detection) => detection.GetProperty("finding_info").GetProperty("uid").GetString()!;

    private List<JsonElement> Alerts() => [.. demo.Detections.Where(detection => detection.GetProperty("is_alert").GetBoolean())];
}
