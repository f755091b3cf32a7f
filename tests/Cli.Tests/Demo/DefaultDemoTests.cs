using System.Text.Json;
using Changeling.TestSupport;
using Changeling.TestSupport.Contract;

namespace Changeling.Cli.Tests.Demo;

public sealed class DefaultDemoTests(DefaultDemo demo) : IClassFixture<DefaultDemo>
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
    public void Every_alert_stands_in_the_table_with_its_evidence_in_words()
    {
        Assert.NotEmpty(Alerts());
        Assert.All(Alerts(), alert =>
        {
            var message = alert.GetProperty("message").GetString()!;
            var rule = alert.GetProperty("finding_info").GetProperty("analytic").GetProperty("uid").GetString()!;
            var row = Assert.Single(
                demo.Outcome.Output.Split('\n'),
                line => line.Contains(message, StringComparison.Ordinal) && line.Contains($" {rule} ", StringComparison.Ordinal));
            Assert.Contains(" alert ", row, StringComparison.Ordinal);
            Assert.Matches(@"\S+ had (never )?started \S+ in ", row);
        });
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

    private static string Id(JsonElement detection) => detection.GetProperty("finding_info").GetProperty("uid").GetString()!;

    private List<JsonElement> Alerts() => [.. demo.Detections.Where(detection => detection.GetProperty("is_alert").GetBoolean())];
}
